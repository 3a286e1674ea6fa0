-- A total that grows leaves its earlier versions in the file of its table: beside the new one each would tell the month between them,
-- which the quarters and years of the whitelist have merged. So the table is written anew into a new file when a month is sealed.
-- Whoever reads it meanwhile was there first: a backup holds it, and the sealing tries again.
create function rewrite_whitelist_counts() returns void
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
set lock_timeout = '500ms'
as $$
begin
  lock table public.whitelist_counts in access exclusive mode;
  create temp table totals_of_today on commit drop as select * from public.whitelist_counts;
  truncate public.whitelist_counts;
  insert into public.whitelist_counts select * from pg_temp.totals_of_today order by "table", place, subject, span;
end $$;
--> statement-breakpoint
revoke all on function rewrite_whitelist_counts from public;
--> statement-breakpoint
grant execute on function rewrite_whitelist_counts to carnet_jobs;
