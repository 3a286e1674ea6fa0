-- A period's partitions are made and attached ahead of time, and dropped whole: a deleted row stays readable in its file,
-- a dropped table does not. Run by the jobs' role, which owns no table itself.

-- ANALYZE keeps samples of each column in pg_statistic, whose file keeps them long after the table was dropped: not of these.
create function keep_no_samples(p_table regclass) returns void
language plpgsql volatile
set search_path = pg_catalog, public, pg_temp
as $$
declare kept name;
begin
  for kept in select attname from pg_attribute where attrelid = p_table and attname in ('tag', 'scan_id', 'body_mac', 'cell_key') loop
    execute format('alter table %s alter column %I set statistics 0', p_table, kept);
  end loop;
end $$;
--> statement-breakpoint
select keep_no_samples('redemptions'), keep_no_samples('scan_receipts');
--> statement-breakpoint

create function prepare_period(p_period int) returns void
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare kept text;
begin
  perform pg_advisory_xact_lock(7206);
  foreach kept in array array['redemptions', 'scan_receipts'] loop
    if to_regclass(format('public.%I', kept || '_p' || p_period)) is null then
      execute format('create table public.%I (like public.%I including defaults including constraints)', kept || '_p' || p_period, kept);
      if kept = 'redemptions' then
        execute format('create unique index %I on public.%I (tag) where state = ''accepted''', 'one_accepted_redemption_per_voucher_p' || p_period, kept || '_p' || p_period);
      else
        execute format('create unique index %I on public.%I (scan_id)', 'one_answer_per_scan_p' || p_period, kept || '_p' || p_period);
      end if;
      perform keep_no_samples(format('public.%I', kept || '_p' || p_period)::regclass);
      -- ATTACH, not PARTITION OF: it waits for no scan.
      execute format('alter table public.%I attach partition public.%I for values in (%s)', kept, kept || '_p' || p_period, p_period);
    end if;
  end loop;
end $$;
--> statement-breakpoint

-- Waits at most half a second for the scans in flight; the caller tries again later (55P03). Only a period that is being sealed,
-- or what an old backup brought back of one that is.
create function drop_period(p_period int, p_sealed_on date) returns void
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
set lock_timeout = '500ms'
as $$
begin
  perform pg_advisory_xact_lock(7201);
  if not exists (select from periods where id = p_period and state in ('sealing', 'sealed')) then
    raise exception 'only a period that is being sealed is dropped' using errcode = '55000';
  end if;
  execute format('drop table if exists public.%I', 'redemptions_p' || p_period);
  execute format('drop table if exists public.%I', 'scan_receipts_p' || p_period);
  update periods set state = 'sealed', sealed_on = p_sealed_on where id = p_period and state = 'sealing';
end $$;
--> statement-breakpoint

-- A scan is checked under three keys: a voucher of a fourth live period would be good again.
create function at_most_three_periods_are_live() returns trigger language plpgsql as $$
begin
  if (select count(*) from periods p where p.state <> 'sealed' and not p.is_abandoned) > 3 then
    raise exception 'seal the oldest period first' using errcode = '23514', constraint = 'at_most_three_periods_are_live';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger at_most_three_periods_are_live after insert or update on periods
  for each statement execute function at_most_three_periods_are_live();
--> statement-breakpoint
create function a_period_only_moves_on() returns trigger language plpgsql as $$
begin
  if new.id <> old.id or new.month <> old.month or new.state < old.state or (old.is_abandoned and not new.is_abandoned) then
    raise exception 'a period only moves on' using errcode = '23514', constraint = 'a_period_only_moves_on';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger a_period_only_moves_on before update on periods for each row execute function a_period_only_moves_on();
