-- What everybody may know of tables that they may not read.

create function audit_head() returns table (seq bigint, at timestamptz, hash bytea) language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
  select l.seq, l.at, l.hash from audit_log l order by l.seq desc limit 1
$$;
--> statement-breakpoint
-- A campaign that was opened is told of in releases, by its name.
create function opened_campaigns() returns table (id uuid, name text) language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
  select c.id, c.name from campaigns c where c.opened_on is not null
$$;
--> statement-breakpoint
revoke all on function audit_head, opened_campaigns from public;
--> statement-breakpoint
grant execute on function audit_head, opened_campaigns to carnet_app, carnet_jobs;
