-- Who may touch what. The roles cannot log in: a connection takes one of them (DatabaseRole in db/index.ts).
-- Roles belong to the server, not to the database: a second database on the same server finds them there.

do $$ begin
  if not exists (select from pg_roles where rolname = 'carnet_app') then create role carnet_app nologin; end if;
  if not exists (select from pg_roles where rolname = 'carnet_jobs') then create role carnet_jobs nologin; end if;
  if not exists (select from pg_roles where rolname = 'carnet_scan') then create role carnet_scan nologin; end if;
exception when duplicate_object or unique_violation then null; -- made by another database's migration at this moment
end $$;
--> statement-breakpoint
grant carnet_app, carnet_jobs, carnet_scan to current_user;
--> statement-breakpoint
revoke all on schema public from public;
--> statement-breakpoint
grant usage on schema public to carnet_app, carnet_jobs, carnet_scan;
--> statement-breakpoint
revoke all on all functions in schema public from public;
--> statement-breakpoint
grant select, insert, update, delete on all tables in schema public to carnet_app, carnet_jobs;
--> statement-breakpoint
-- Scans: written by their functions alone. What a voucher became is nobody's to read but sealing's.
revoke all on redemptions, scan_receipts, answers, vouchers, periods, period_folds, sealed_campaigns from carnet_app, carnet_jobs;
--> statement-breakpoint
grant select on redemptions, periods, period_folds to carnet_app;
--> statement-breakpoint
grant select (code_mac, campaign_id, book_id, block_hash) on vouchers to carnet_app;
--> statement-breakpoint
grant select on redemptions, scan_receipts to carnet_jobs;
--> statement-breakpoint
grant select, insert, delete on answers to carnet_jobs;
--> statement-breakpoint
grant select, insert, update (is_spent) on vouchers to carnet_jobs;
--> statement-breakpoint
grant select, insert, update on periods, period_folds, sealed_campaigns to carnet_jobs;
--> statement-breakpoint
-- Books of accounts and the audit log: written once, the ledger by its function alone.
revoke insert, update, delete on transfers, ledger_accounts from carnet_app, carnet_jobs;
--> statement-breakpoint
revoke update, delete on audit_log, release_cells from carnet_app, carnet_jobs;
--> statement-breakpoint
grant execute on function lock_paying_accounts, post_transfers to carnet_app, carnet_jobs;
--> statement-breakpoint
-- Counts of a campaign and a sealed period, for the ledger's invariants.
grant select on sealed_campaigns to carnet_app;
--> statement-breakpoint
grant execute on function redeem_scans, check_scans, find_scan, reverse_scan, correct_scan to carnet_scan;
--> statement-breakpoint
grant execute on function reverse_scan, live_periods to carnet_app;
--> statement-breakpoint
grant execute on function prepare_period, drop_period, live_periods to carnet_jobs;
--> statement-breakpoint
grant execute on function live_periods to carnet_scan;
