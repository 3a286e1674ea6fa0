-- A release is written once, whole, by a job or a coordinator's act; nobody changes it after, its owner neither.

create trigger releases_are_immutable before update or delete on releases
  for each row execute function this_is_never_changed();
--> statement-breakpoint
create trigger releases_are_never_emptied before truncate on releases
  for each statement execute function this_is_never_changed();
--> statement-breakpoint
create trigger release_revisions_are_immutable before update or delete on release_revisions
  for each row execute function this_is_never_changed();
--> statement-breakpoint
create trigger release_revisions_are_never_emptied before truncate on release_revisions
  for each statement execute function this_is_never_changed();
--> statement-breakpoint
-- Its cells come in the transaction that makes it: a cell added later would be a figure that nobody froze.
create function cells_come_with_their_release() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from (select distinct release_id from added) a join releases r on r.id = a.release_id
              where r.xmin <> pg_current_xact_id()::xid) then
    raise exception 'this release is frozen' using errcode = '23514', constraint = 'cells_come_with_their_release';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger cells_come_with_their_release after insert on release_cells
  referencing new table as added for each statement execute function cells_come_with_their_release();
--> statement-breakpoint
revoke all on function cells_come_with_their_release from public;
--> statement-breakpoint
revoke insert, update, delete on releases, release_cells from carnet_app;
--> statement-breakpoint
revoke update, delete on releases, release_cells from carnet_jobs;
--> statement-breakpoint
revoke update, delete on release_revisions from carnet_app, carnet_jobs;
--> statement-breakpoint
-- Exact counts are for sealing and for freezing a release: no page and no route of the API may read them.
revoke all on whitelist_counts from carnet_app;
--> statement-breakpoint
-- A link ends, and is never made again or handed to another funder.
grant select, insert, update (revoked_on) on share_links to carnet_app;
--> statement-breakpoint
grant select on share_links to carnet_jobs;
