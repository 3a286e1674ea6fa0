-- The scan path. These functions are the only writers of redemptions and receipts; the role carnet_scan may execute them and
-- nothing else. A scan reads vouchers and books, and neither writes nor locks them: a lock is a trace.
--
-- Planner settings are part of the functions: a plan made while a month is young and empty would otherwise stay with its
-- connection while the month grows. jit is off because the price of a forbidden sequential scan would switch it on.

create type judged_scan as (
  scan_id uuid, body_mac uuid, tag uuid, campaign_id uuid, organisation_id uuid, venue_id uuid, service_code text, day date,
  is_typed boolean, cell_key bigint, is_device_active boolean, refusal refusal_reason, was_used_here boolean
);
--> statement-breakpoint
create type scan_answer as (scan_id uuid, outcome text, reason refusal_reason, was_used_here boolean, is_reversed boolean);
--> statement-breakpoint

-- The facts and the verdict of each scan, in the order of what the person at the counter can act on. Reads only.
-- A parameter's name never stands beside a column of the same name: `p_` marks it.
create function judge_scans(
  p_open int, p_older_1 int, p_older_2 int, p_today date,
  p_scan_ids uuid[], p_device_ids uuid[], p_venue_ids uuid[], p_code_macs uuid[], p_services text[], p_days date[],
  p_typed boolean[], p_cell_keys bigint[], p_limits boolean[], p_tags uuid[], p_older_tags_1 uuid[], p_older_tags_2 uuid[], p_bodies uuid[]
) returns setof judged_scan language sql stable as $$
  select i.scan_id, i.body_mac, i.tag, v.campaign_id, d.organisation_id, i.venue_id, i.service_code, used.day,
         i.is_typed, i.cell_key, coalesce(d.state = 'active' and d.expires_on >= p_today, false),
         (case
           when n.id is null or n.organisation_id is distinct from d.organisation_id or d.venue_id <> i.venue_id then 'venue_not_qualified'
           when v.code_mac is null then case when i.is_over_limit then 'unknown_device_limit' else 'unknown_voucher' end
           when v.is_spent or live.venue_id is not null then 'already_used'
           when b.is_blocked then 'blocked'
           when x.state <> 'active' then 'not_active'
           when c.state in ('uploads_closed', 'closed') then 'too_old'
           when c.state not in ('open', 'ending') or used.day < c.starts_on then 'campaign_not_open'
           when used.expiry_day > c.ends_on + c.grace_days then 'expired'
           when not exists (select from public.venue_qualifications q
                             where q.venue_id = i.venue_id and q.state = 'qualified'
                               and q.valid_from <= used.day and (q.valid_until is null or used.day < q.valid_until)) then 'venue_not_qualified'
           when not c.accepts_all_venues and not exists (select from public.campaign_venues a where a.campaign_id = c.id and a.venue_id = i.venue_id)
             then 'out_of_area'
           when c.has_territory and not exists (
             select from public.campaign_territories t, public.communes m, public.departments p
              where t.campaign_id = c.id and m.code = n.commune_code and p.code = m.department_code
                and (t.kind, t.code) in (('commune', m.code), ('commune', m.parent_code), ('epci', m.epci_code),
                                         ('department', m.department_code), ('region', p.region_code))) then 'out_of_area'
           when i.service_code is null then null -- a check before the service is chosen
           when not n.offers_all_services and not exists (
             select from public.venue_services o where o.venue_id = i.venue_id and o.service_code = i.service_code) then 'service_not_offered'
           when n.offers_all_services and not exists (select from public.services s where s.code = i.service_code) then 'service_not_offered'
           when not c.pays_all_services and not exists (
             select from public.campaign_services p where p.campaign_id = c.id and p.service_code = i.service_code) then 'service_not_covered'
         end)::public.refusal_reason,
         coalesce(live.venue_id = i.venue_id and live.day = used.day, false)
    from unnest(p_scan_ids, p_device_ids, p_venue_ids, p_code_macs, p_services, p_days, p_typed, p_cell_keys, p_limits, p_tags,
                p_older_tags_1, p_older_tags_2, p_bodies)
         i (scan_id, device_id, venue_id, code_mac, service_code, day, is_typed, cell_key, is_over_limit, tag, older_tag_1, older_tag_2, body_mac)
    left join public.devices   d on d.id = i.device_id
    left join public.venues    n on n.id = i.venue_id
    left join public.vouchers  v on v.code_mac = i.code_mac
    left join public.books     b on b.id = v.book_id
    left join public.boxes     x on x.id = b.box_id
    left join public.campaigns c on c.id = v.campaign_id
    -- A phone's clock may be wrong: a day too far away is today; for the expiry alone an older day is thirty days ago.
    cross join lateral (
      select case when i.day between p_today - 30 and p_today + 1 then i.day else p_today end,
             case when i.day > p_today + 1 then p_today else greatest(i.day, p_today - 30) end
    ) used (day, expiry_day)
    -- A period is named by a value and not by a list: a list prunes no partition.
    left join lateral (
      select r.venue_id, r.day from public.redemptions r where r.period_id = p_open and r.tag = i.tag and r.state = 'accepted'
      union all
      select r.venue_id, r.day from public.redemptions r where r.period_id = p_older_1 and r.tag = i.older_tag_1 and r.state = 'accepted'
      union all
      select r.venue_id, r.day from public.redemptions r where r.period_id = p_older_2 and r.tag = i.older_tag_2 and r.state = 'accepted'
      limit 1
    ) live on true
$$;
--> statement-breakpoint

-- The live periods, ascending, as the caller must know them: the open one is the last. None without an open one. A period whose key was
-- given up is not checked any more.
create function live_periods() returns int[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array_agg(p.id order by p.id) from public.periods p where p.state <> 'sealed' and not p.is_abandoned
  having bool_or(p.state = 'open')
$$;
--> statement-breakpoint

-- The receipt of a scan id in any live period. Without a row: never seen, or sealed since.
create function find_receipt(p_live int[], p_scan_id uuid) returns setof scan_receipts language sql stable as $$
  select r.* from public.scan_receipts r
   where r.period_id in (p_live[cardinality(p_live)], p_live[cardinality(p_live) - 1], p_live[cardinality(p_live) - 2])
     and r.scan_id = p_scan_id
$$;
--> statement-breakpoint

/*
 * Answers a batch of scans, one row per scan id: the same scan gets the same answer for ever.
 *
 * Scans come as parallel arrays, at most 200. MACs under the keys of older live periods come in the `older_…` arrays, null where
 * there is no such period. `p_live` is the caller's view of the live periods. A scan id or a voucher may be only once in a
 * batch: a batch that does otherwise is undone (40001), never answered wrongly, and the caller sends its scans one by one.
 * `retry` tells the caller to read the periods and the keyring again; `device_revoked` that the phone may not scan any more.
 */
create function redeem_scans(
  p_live int[], p_today date,
  p_scan_ids uuid[], p_device_ids uuid[], p_venue_ids uuid[], p_code_macs uuid[], p_services text[], p_days date[],
  p_typed boolean[], p_cell_keys bigint[], p_limits boolean[],
  p_tags uuid[], p_older_tags_1 uuid[], p_older_tags_2 uuid[],
  p_bodies uuid[], p_older_bodies_1 uuid[], p_older_bodies_2 uuid[], p_answer_macs uuid[]
) returns setof scan_answer
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off set jit = off
as $$
declare
  open_period    constant int := p_live[cardinality(p_live)];
  older_period_1 constant int := p_live[cardinality(p_live) - 1];
  older_period_2 constant int := p_live[cardinality(p_live) - 2];
  told        scan_answer[];
  judged      judged_scan[];
  spent_tags  uuid[];
  accepted    int;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'scans need READ COMMITTED: an older snapshot makes the lock guard nothing' using errcode = '25000';
  end if;
  if cardinality(p_scan_ids) > 200 then
    raise exception 'at most 200 scans a call' using errcode = '54000';
  end if;

  -- A statement of its own: what follows must have a snapshot younger than the lock.
  perform pg_advisory_xact_lock_shared(7201);

  if p_live is distinct from live_periods() then
    return query select s, 'retry', null::refusal_reason, false, false from unnest(p_scan_ids) s;
    return;
  end if;

  -- Copies of one scan wait here for each other; sorted, so that nobody waits in a circle.
  perform pg_advisory_xact_lock(7202, k.h) from (select distinct uuid_hash(s) h from unnest(p_scan_ids) s order by 1) k;

  -- Scans that were answered before: by a receipt of a live period, or by what a sealed one left.
  select array_agg(row (i.scan_id,
           case when other.body or coalesce(r.outcome, a.outcome) = 'withdrawn' then 'refused' else coalesce(r.outcome, a.outcome)::text end,
           case when other.body then 'scan_id_reused' when coalesce(r.outcome, a.outcome) = 'withdrawn' then 'withdrawn' else coalesce(r.reason, a.reason) end,
           coalesce(r.was_used_here, false) and not other.body,
           coalesce(r.is_reversed, a.is_reversed) and not other.body)::scan_answer)
    into told
    from unnest(p_scan_ids, p_venue_ids, p_bodies, p_older_bodies_1, p_older_bodies_2, p_answer_macs)
         i (scan_id, venue_id, body_mac, older_body_1, older_body_2, answer_mac)
    left join scan_receipts r on r.period_id in (open_period, older_period_1, older_period_2) and r.scan_id = i.scan_id
    left join answers a on a.answer_mac = i.answer_mac
    cross join lateral (
      select coalesce(r.venue_id <> i.venue_id
                   or (r.body_mac <> i.body_mac and r.body_mac is distinct from i.older_body_1 and r.body_mac is distinct from i.older_body_2), false)
    ) other (body)
   where r.scan_id is not null or a.answer_mac is not null;
  return query select * from unnest(told);
  if cardinality(told) = cardinality(p_scan_ids) then return; end if;

  select coalesce(array_agg(j), '{}') into judged
    from judge_scans(open_period, older_period_1, older_period_2, p_today, p_scan_ids, p_device_ids, p_venue_ids, p_code_macs,
                     p_services, p_days, p_typed, p_cell_keys, p_limits, p_tags, p_older_tags_1, p_older_tags_2, p_bodies) j
   where j.scan_id <> all (select t.scan_id from unnest(told) t);
  return query
    select j.scan_id, 'device_revoked', null::refusal_reason, false, false from unnest(judged) j where not j.is_device_active;

  -- In the order of tags, so that two batches with the same vouchers meet in one order. A tag that is live makes no row.
  with spent as (
    insert into redemptions (period_id, tag, campaign_id, organisation_id, venue_id, service_code, day, is_typed, cell_key)
    select open_period, j.tag, j.campaign_id, j.organisation_id, j.venue_id, j.service_code, j.day, j.is_typed, j.cell_key
      from unnest(judged) j where j.refusal is null and j.is_device_active
     order by j.tag
    on conflict do nothing
    returning tag
  ) select coalesce(array_agg(tag), '{}') into spent_tags from spent;

  with verdicts as (
    select j.*, j.refusal is null and j.tag = any (spent_tags) as is_accepted,
           -- A subquery and not a join: it looks a tag up in its index, and only for a scan that came second.
           j.was_used_here or case when j.refusal is null and j.tag <> all (spent_tags) then coalesce(
             (select w.venue_id = j.venue_id and w.day = j.day from redemptions w
               where w.period_id = open_period and w.tag = j.tag and w.state = 'accepted'), false) else false end as is_own
      from unnest(judged) j
     where j.is_device_active
  ), written as (
    insert into scan_receipts as r (period_id, scan_id, venue_id, body_mac, tag, outcome, reason, was_used_here)
    select open_period, v.scan_id, v.venue_id, v.body_mac, case when v.is_accepted then v.tag end,
           (case when v.is_accepted then 'accepted' else 'refused' end)::scan_outcome,
           case when not v.is_accepted then coalesce(v.refusal, 'already_used') end, v.is_own
      from verdicts v order by v.scan_id
    returning r.scan_id, r.outcome, r.reason, r.was_used_here
  ) select array_agg(row (w.scan_id, w.outcome::text, w.reason, w.was_used_here, false)::scan_answer),
           count(*) filter (where w.outcome = 'accepted')
      into told, accepted from written w;

  if accepted <> cardinality(spent_tags) then
    raise exception 'these scans cannot be answered together' using errcode = '40001';
  end if;
  return query select * from unnest(told);
end $$;
--> statement-breakpoint

-- The same verdict as redeem_scans would give, and nothing is written.
create function check_scans(
  p_live int[], p_today date, p_check_ids uuid[], p_device_ids uuid[], p_venue_ids uuid[], p_code_macs uuid[], p_services text[],
  p_days date[], p_tags uuid[], p_older_tags_1 uuid[], p_older_tags_2 uuid[]
) returns setof scan_answer
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off set jit = off
as $$
begin
  if p_live is distinct from live_periods() then
    return query select s, 'retry', null::refusal_reason, false, false from unnest(p_check_ids) s;
    return;
  end if;
  return query
    select j.scan_id, case when not j.is_device_active then 'device_revoked' when j.refusal is null then 'accepted' else 'refused' end,
           j.refusal, j.was_used_here, false
      from judge_scans(p_live[cardinality(p_live)], p_live[cardinality(p_live) - 1], p_live[cardinality(p_live) - 2], p_today,
                       p_check_ids, p_device_ids, p_venue_ids, p_code_macs, p_services, p_days, array_fill(false, array[cardinality(p_check_ids)]),
                       array_fill(0::bigint, array[cardinality(p_check_ids)]), array_fill(false, array[cardinality(p_check_ids)]),
                       p_tags, p_older_tags_1, p_older_tags_2, p_check_ids) j;
end $$;
--> statement-breakpoint

create type scan_story as (
  outcome text, reason refusal_reason, was_used_here boolean, is_reversed boolean, period_id int, campaign_id uuid, organisation_id uuid, venue_id uuid
);
--> statement-breakpoint

-- What happened to a scan of this organisation: `unknown` when it never arrived.
create function find_scan(p_live int[], p_scan_id uuid, p_answer_mac uuid, p_organisation_id uuid) returns setof scan_story
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if p_live is distinct from live_periods() then
    return query select 'retry', null::refusal_reason, false, false, null::int, null::uuid, null::uuid, null::uuid;
    return;
  end if;
  return query
    select r.outcome::text, r.reason, r.was_used_here, r.is_reversed, r.period_id, m.campaign_id, n.organisation_id, r.venue_id
      from find_receipt(p_live, p_scan_id) r
      join venues n on n.id = r.venue_id and n.organisation_id = p_organisation_id
      left join redemptions m on m.period_id = r.period_id and m.tag = r.tag and m.state = 'accepted' and not r.is_reversed
    union all
    select a.outcome::text, a.reason, false, a.is_reversed, null, null, null, null from answers a where a.answer_mac = p_answer_mac;
  if not found then
    return query select 'unknown', null::refusal_reason, false, false, null::int, null::uuid, null::uuid, null::uuid;
  end if;
end $$;
--> statement-breakpoint

/*
 * Undoes a scan of one venue of this organisation: the voucher works again. By a venue while the period is open or closed, by a
 * coordinator also when it is frozen (the caller posts the ledger line in the same transaction).
 * Answers with what the scan is now: `reversed`, `withdrawn` (it never arrived: if it comes later it is refused), or why not:
 * `retry`, `not_found`, `scan_was_refused`, `statement_frozen`, `period_sealed`. Repeating it changes nothing.
 */
create function reverse_scan(p_live int[], p_scan_id uuid, p_answer_mac uuid, p_organisation_id uuid, p_venue_id uuid, p_is_coordinator boolean)
returns setof scan_story
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off
as $$
declare story scan_story; r scan_receipts; period_now period_state;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'scans need READ COMMITTED: an older snapshot makes the lock guard nothing' using errcode = '25000';
  end if;
  perform pg_advisory_xact_lock_shared(7201);
  story.is_reversed := false; story.was_used_here := false;
  if p_live is distinct from live_periods() then
    story.outcome := 'retry'; return next story; return;
  end if;
  perform pg_advisory_xact_lock(7202, uuid_hash(p_scan_id));

  select * into r from find_receipt(p_live, p_scan_id);
  if r.scan_id is null then
    if exists (select from answers a where a.answer_mac = p_answer_mac) then
      story.outcome := 'period_sealed';
    elsif not exists (select from venues v where v.id = p_venue_id and v.organisation_id = p_organisation_id) then
      story.outcome := 'not_found';
    else
      insert into scan_receipts (period_id, scan_id, venue_id, outcome) values (p_live[cardinality(p_live)], p_scan_id, p_venue_id, 'withdrawn');
      story.outcome := 'withdrawn';
    end if;
    return next story; return;
  end if;

  select p.state into period_now from periods p where p.id = r.period_id;
  story.outcome := case
    when not exists (select from venues v where v.id = r.venue_id and v.organisation_id = p_organisation_id) then 'not_found'
    when r.outcome = 'withdrawn' then 'withdrawn'
    when r.outcome = 'refused' then 'scan_was_refused'
    when r.is_reversed then 'reversed'
    when period_now = 'sealing' then 'period_sealed'
    when period_now = 'frozen' and not p_is_coordinator then 'statement_frozen'
  end;
  if story.outcome is not null then
    story.is_reversed := r.is_reversed; return next story; return;
  end if;

  update redemptions m set state = 'reversed'
   where m.period_id = r.period_id and m.tag = r.tag and m.state = 'accepted'
  returning m.campaign_id, m.organisation_id, m.venue_id into story.campaign_id, story.organisation_id, story.venue_id;
  update scan_receipts s set is_reversed = true where s.period_id = r.period_id and s.scan_id = p_scan_id;
  story.outcome := 'reversed'; story.is_reversed := true; story.period_id := r.period_id;
  return next story;
end $$;
--> statement-breakpoint

/*
 * Changes the service of an accepted scan of this organisation, in place: the tag stays. While the period is open or closed.
 * Answers `accepted`, or why not: `retry`, `not_found`, `scan_was_refused`, `scan_was_reversed`, `statement_frozen`,
 * `period_sealed`, or `refused` with `service_not_offered` or `service_not_covered`.
 */
create function correct_scan(p_live int[], p_scan_id uuid, p_answer_mac uuid, p_organisation_id uuid, p_service text)
returns setof scan_story
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off
as $$
declare story scan_story; r scan_receipts; m redemptions; period_now period_state;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'scans need READ COMMITTED: an older snapshot makes the lock guard nothing' using errcode = '25000';
  end if;
  perform pg_advisory_xact_lock_shared(7201);
  story.is_reversed := false; story.was_used_here := false;
  if p_live is distinct from live_periods() then
    story.outcome := 'retry'; return next story; return;
  end if;
  perform pg_advisory_xact_lock(7202, uuid_hash(p_scan_id));

  select * into r from find_receipt(p_live, p_scan_id);
  select p.state into period_now from periods p where p.id = r.period_id;
  story.outcome := case
    when r.scan_id is null then case when exists (select from answers a where a.answer_mac = p_answer_mac) then 'period_sealed' else 'not_found' end
    when not exists (select from venues v where v.id = r.venue_id and v.organisation_id = p_organisation_id) then 'not_found'
    when r.outcome <> 'accepted' then 'scan_was_refused'
    when r.is_reversed then 'scan_was_reversed'
    when period_now = 'sealing' then 'period_sealed'
    when period_now = 'frozen' then 'statement_frozen'
  end;
  if story.outcome is not null then return next story; return; end if;

  select * into m from redemptions x where x.period_id = r.period_id and x.tag = r.tag and x.state = 'accepted';
  story.reason := (select case
      when not n.offers_all_services and not exists (select from venue_services o where o.venue_id = n.id and o.service_code = p_service) then 'service_not_offered'
      when not exists (select from services s where s.code = p_service) then 'service_not_offered'
      when not c.pays_all_services and not exists (select from campaign_services p where p.campaign_id = c.id and p.service_code = p_service) then 'service_not_covered'
    end::refusal_reason from venues n, campaigns c where n.id = m.venue_id and c.id = m.campaign_id);
  story.outcome := case when story.reason is null then 'accepted' else 'refused' end;
  story.campaign_id := m.campaign_id; story.organisation_id := m.organisation_id; story.venue_id := m.venue_id; story.period_id := m.period_id;
  if story.reason is null then
    update redemptions x set service_code = p_service where x.period_id = r.period_id and x.tag = r.tag and x.state = 'accepted';
  end if;
  return next story;
end $$;
