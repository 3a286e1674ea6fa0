-- Whoever reads everything does so for a time.
update memberships set valid_until = current_date + 90 where role = 'auditor' and valid_until is null;
--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "an_auditor_reads_for_a_year_at_most" CHECK ("memberships"."role" <> 'auditor' or ("memberships"."valid_until" is not null and ("memberships"."since_on" is null or "memberships"."valid_until" <= "memberships"."since_on" + 366)));
--> statement-breakpoint

-- A prescriber sees and makes stop orders over its own covers, not over those of others in the same campaign.
select guard('stop_orders',
  p_seen => $$campaign_id = any ((select funded_campaigns())::uuid[]) or (select own_prescriber()) is not null and exists (
    select from boxes b where b.campaign_id = stop_orders.campaign_id and b.prescriber_id = (select own_prescriber())
       and b.first_cover <= stop_orders.last_cover and b.last_cover >= stop_orders.first_cover)$$,
  p_added => $$(select own_prescriber()) is not null and exists (
    select from boxes b where b.campaign_id = stop_orders.campaign_id and b.prescriber_id = (select own_prescriber())
       and b.first_cover <= stop_orders.last_cover and b.last_cover >= stop_orders.first_cover)$$);
--> statement-breakpoint

-- A phone bound to one venue undoes and corrects the scans of that venue alone. The parameter comes last and may be left out:
-- a phone of any of its organisation's venues, and the coordination, send none.
drop function reverse_scan(int[], uuid, uuid, uuid, uuid, boolean);
--> statement-breakpoint
drop function correct_scan(int[], uuid, uuid, uuid, text);
--> statement-breakpoint
/*
 * Undoes a scan of one venue of this organisation: the voucher works again. By a venue while the period is open or closed, by a
 * coordinator also when it is frozen (the caller posts the ledger line in the same transaction).
 * Answers with what the scan is now: `reversed`, `withdrawn` (it never arrived: if it comes later it is refused), or why not:
 * `retry`, `not_found`, `scan_was_refused`, `statement_frozen`, `period_sealed`. Repeating it changes nothing.
 */
create function reverse_scan(p_live int[], p_scan_id uuid, p_answer_mac uuid, p_organisation_id uuid, p_venue_id uuid, p_is_coordinator boolean, p_bound_to uuid default null)
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
    when p_bound_to <> r.venue_id then 'not_found'
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
create function correct_scan(p_live int[], p_scan_id uuid, p_answer_mac uuid, p_organisation_id uuid, p_service text, p_bound_to uuid default null)
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
--> statement-breakpoint
revoke all on function reverse_scan, correct_scan from public;
--> statement-breakpoint
grant execute on function reverse_scan, correct_scan to carnet_scan;
--> statement-breakpoint
grant execute on function reverse_scan to carnet_app;
