-- A service and those that it replaces on a day: who chose the old one chose the new one. A replacement is itself offered, so one step is all.
create function codes_meant(p_version uuid, p_code text, p_day date) returns setof text language sql stable rows 2 as $$
  select p_code
  union all
  select s.code from public.catalogue_services s where s.version_id = p_version and s.replaced_by = p_code and s.retired_on <= p_day
$$;
--> statement-breakpoint

-- As before, and a service counts when the catalogue in force on the day of use offers it: neither retired by then, nor in a draft alone.
create or replace function judge_scans(
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
           when catalogue.id is null and not exists (select from public.services s where s.code = i.service_code) then 'service_not_offered'
           when catalogue.id is not null and not exists (
             select from public.catalogue_services s
              where s.version_id = catalogue.id and s.code = i.service_code and coalesce(s.retired_on > used.day, true)) then 'service_not_offered'
           when not n.offers_all_services and not exists (
             select from public.venue_services o, codes_meant(catalogue.id, i.service_code, used.day) k
              where o.venue_id = i.venue_id and o.service_code = k) then 'service_not_offered'
           when not c.pays_all_services and not exists (
             select from public.campaign_services p, codes_meant(catalogue.id, i.service_code, used.day) k
              where p.campaign_id = c.id and p.service_code = k) then 'service_not_covered'
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
    -- None before the first catalogue: then every known service counts.
    left join lateral (
      select y.id from public.catalogue_versions y where y.state <> 'draft' and y.published_from <= used.day order by y.published_from desc limit 1
    ) catalogue on true
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

-- As before, with the same rule for the service that a correction gives.
create or replace function correct_scan(p_live int[], p_scan_id uuid, p_answer_mac uuid, p_organisation_id uuid, p_service text, p_bound_to uuid default null)
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
    when p_bound_to <> r.venue_id then 'not_found'
    when r.outcome <> 'accepted' then 'scan_was_refused'
    when r.is_reversed then 'scan_was_reversed'
    when period_now = 'sealing' then 'period_sealed'
    when period_now = 'frozen' then 'statement_frozen'
  end;
  if story.outcome is not null then return next story; return; end if;

  select * into m from redemptions x where x.period_id = r.period_id and x.tag = r.tag and x.state = 'accepted';
  story.reason := (select case
      when v.id is null and not exists (select from services s where s.code = p_service) then 'service_not_offered'
      when v.id is not null and not exists (
        select from catalogue_services s
         where s.version_id = v.id and s.code = p_service and coalesce(s.retired_on > m.day, true)) then 'service_not_offered'
      when not n.offers_all_services and not exists (
        select from venue_services o, codes_meant(v.id, p_service, m.day) k where o.venue_id = n.id and o.service_code = k) then 'service_not_offered'
      when not c.pays_all_services and not exists (
        select from campaign_services p, codes_meant(v.id, p_service, m.day) k where p.campaign_id = c.id and p.service_code = k) then 'service_not_covered'
    end::refusal_reason from venues n cross join campaigns c
      left join lateral (
        select y.id from catalogue_versions y where y.state <> 'draft' and y.published_from <= m.day order by y.published_from desc limit 1
      ) v on true
     where n.id = m.venue_id and c.id = m.campaign_id);
  story.outcome := case when story.reason is null then 'accepted' else 'refused' end;
  story.campaign_id := m.campaign_id; story.organisation_id := m.organisation_id; story.venue_id := m.venue_id; story.period_id := m.period_id;
  if story.reason is null then
    update redemptions x set service_code = p_service where x.period_id = r.period_id and x.tag = r.tag and x.state = 'accepted';
  end if;
  return next story;
end $$;
--> statement-breakpoint
revoke all on function codes_meant from public;
