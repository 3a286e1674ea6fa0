-- A period's partitions are made and attached ahead of time, and dropped whole: a deleted row stays readable in its file,
-- a dropped table does not. Run by the jobs' role, which owns no table itself.

create function prepare_period(p_period int) returns void
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare kept text;
begin
  perform pg_advisory_xact_lock(7203);
  foreach kept in array array['redemptions', 'scan_receipts'] loop
    if to_regclass(format('public.%I', kept || '_p' || p_period)) is null then
      execute format('create table public.%I (like public.%I including defaults including constraints)', kept || '_p' || p_period, kept);
      if kept = 'redemptions' then
        execute format('create unique index %I on public.%I (tag) where state = ''accepted''', 'one_accepted_redemption_per_voucher_p' || p_period, kept || '_p' || p_period);
      else
        execute format('create unique index %I on public.%I (scan_id)', 'one_answer_per_scan_p' || p_period, kept || '_p' || p_period);
      end if;
      -- ATTACH, not PARTITION OF: it waits for no scan.
      execute format('alter table public.%I attach partition public.%I for values in (%s)', kept, kept || '_p' || p_period, p_period);
    end if;
  end loop;
end $$;
--> statement-breakpoint

-- Waits at most half a second for the scans in flight; the caller tries again later (55P03). Only a period that is being sealed.
create function drop_period(p_period int) returns void
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
set lock_timeout = '500ms'
as $$
begin
  perform pg_advisory_xact_lock(7201);
  if (select state from periods where id = p_period) is distinct from 'sealing' then
    raise exception 'only a period that is being sealed is dropped' using errcode = '55000';
  end if;
  execute format('drop table if exists public.%I', 'redemptions_p' || p_period);
  execute format('drop table if exists public.%I', 'scan_receipts_p' || p_period);
  update periods set state = 'sealed' where id = p_period;
end $$;
