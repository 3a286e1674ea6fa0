-- The second wall: whoever asks sees the rows of their own tenant, whatever the query forgot. Each transaction says for whom
-- it runs (db/scope.ts): `carnet.role`, `carnet.tenant`, `carnet.person`. One that says nothing sees nothing.
-- The owner of the tables is not held by it: it migrates, and its SECURITY DEFINER functions are how scans reach their rows.

create function acting_as() returns text language sql stable parallel safe
  return coalesce(current_setting('carnet.role', true), '');
--> statement-breakpoint
create function own_person() returns uuid language sql stable parallel safe
  return nullif(current_setting('carnet.person', true), '')::uuid;
--> statement-breakpoint
create function own_tenant() returns uuid language sql stable parallel safe
  return nullif(current_setting('carnet.tenant', true), '')::uuid;
--> statement-breakpoint
create function own_funder() returns uuid language sql stable parallel safe
  return case when acting_as() = 'funder' then own_tenant() end;
--> statement-breakpoint
create function own_organisation() returns uuid language sql stable parallel safe
  return case when acting_as() in ('venue_manager', 'device') then own_tenant() end;
--> statement-breakpoint
create function own_prescriber() returns uuid language sql stable parallel safe
  return case when acting_as() in ('prescriber', 'prescriber_device') then own_tenant() end;
--> statement-breakpoint
-- Those who serve the whole scheme; the auditor only reads.
create function runs_scheme() returns boolean language sql stable parallel safe
  return acting_as() in ('coordinator', 'finance_approver', 'operator');
--> statement-breakpoint
create function sees_scheme() returns boolean language sql stable parallel safe
  return runs_scheme() or acting_as() = 'auditor';
--> statement-breakpoint
-- Before it is known who asks: sign-in, enrolment, a form of the public, found by a secret that the caller shows.
create function is_at_gate() returns boolean language sql stable parallel safe
  return acting_as() = 'gate';
--> statement-breakpoint

-- A funder's campaigns; those of a prescriber's boxes; for a venue and its phones every campaign of which a voucher may come.
create function own_campaigns() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(c.id), '{}') from campaigns c
   where case when own_funder() is not null
                then exists (select from campaign_funders f where f.campaign_id = c.id and f.funder_id = own_funder())
              when own_prescriber() is not null
                then exists (select from boxes b where b.campaign_id = c.id and b.prescriber_id = own_prescriber())
              else own_organisation() is not null and c.state <> 'draft' end
$$;
--> statement-breakpoint
create function funded_campaigns() returns uuid[] language sql stable
  return case when own_funder() is not null then own_campaigns() else '{}'::uuid[] end;
--> statement-breakpoint
-- Whose names one may read: the own tenant's people, and those who serve the whole scheme and sign what they write.
create function known_people() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(m.person_id), '{}') from memberships m
   where own_person() is not null and (m.tenant_id is null or m.tenant_id = own_tenant())
$$;
--> statement-breakpoint
create function own_memberships() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(m.id), '{}') from memberships m where m.person_id = own_person() or m.tenant_id = own_tenant() and own_person() is not null
$$;
--> statement-breakpoint
create function is_invited(p_person uuid, p_role role, p_tenant uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from invitations i join people p on p.email = i.email
    where p.id = p_person and i.role = p_role and i.tenant_id is not distinct from p_tenant and i.state <> 'withdrawn')
$$;
--> statement-breakpoint
-- A run's state follows from all its boxes, of which a prescriber sees its own alone.
create function list_box_states(p_print_run uuid) returns setof box_state language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
  select b.state from boxes b where b.print_run_id = p_print_run
$$;
--> statement-breakpoint

/*
 * Puts a table behind the wall, or changes how it stands there. `p_seen` and `p_written` say which rows a tenant reads and
 * writes, `p_added` which it may add when that differs; those who serve the scheme come on top, unless `p_scheme` is false.
 * Values of the session are asked for in `(select …)`: once per query and not once per row.
 */
create function guard(p_table regclass, p_seen text default 'false', p_written text default 'false', p_added text default null, p_scheme boolean default true)
returns void language plpgsql volatile set search_path = pg_catalog, public, pg_temp as $$
declare
  sees   constant text := case when p_scheme then '(select sees_scheme())' else '(select acting_as()) = ''operator''' end;
  writes constant text := case when p_scheme then '(select runs_scheme())' else '(select acting_as()) = ''operator''' end;
  name   text;
begin
  execute format('alter table %s enable row level security', p_table);
  foreach name in array array['seen', 'added', 'changed', 'removed', 'jobs'] loop
    execute format('drop policy if exists %I on %s', name, p_table);
  end loop;
  execute format('create policy seen on %s for select to carnet_app using (%s or (%s))', p_table, sees, p_seen);
  execute format('create policy added on %s for insert to carnet_app with check (%s or (%s))', p_table, writes, coalesce(p_added, p_written));
  execute format('create policy changed on %s for update to carnet_app using (%s or (%s))', p_table, writes, p_written);
  execute format('create policy removed on %s for delete to carnet_app using (%s or (%s))', p_table, writes, p_written);
  execute format('create policy jobs on %s to carnet_jobs using (true) with check (true)', p_table);
end $$;
--> statement-breakpoint
revoke all on function acting_as, own_person, own_tenant, own_funder, own_organisation, own_prescriber, runs_scheme, sees_scheme,
  is_at_gate, own_campaigns, funded_campaigns, known_people, own_memberships, is_invited, list_box_states, guard from public;
--> statement-breakpoint
grant execute on function acting_as, own_person, own_tenant, own_funder, own_organisation, own_prescriber, runs_scheme, sees_scheme,
  is_at_gate, own_campaigns, funded_campaigns, known_people, own_memberships, is_invited, list_box_states to carnet_app, carnet_jobs;
--> statement-breakpoint

-- Read by everyone, written by those who run the scheme.
select guard(t::regclass, p_seen => 'true') from unnest(array[
  'installation', 'regions', 'departments', 'epcis', 'communes', 'services', 'catalogue_versions', 'catalogue_themes', 'catalogue_services',
  'periods', 'period_folds', 'releases', 'release_cells', 'release_revisions']) t;
--> statement-breakpoint
-- Those who serve the whole scheme, alone.
select guard(t::regclass) from unnest(array[
  'period_abandonments', 'whitelist_counts', 'scan_receipts', 'answers', 'paying_accounts',
  'bank_files', 'bank_lines', 'bank_balances', 'invariant_runs']) t;
--> statement-breakpoint

-- People and how they sign in.
select guard('people', p_seen => 'id = (select own_person()) or id = any ((select known_people())::uuid[]) or (select is_at_gate())',
  p_written => 'id = (select own_person()) or (select is_at_gate())',
  p_added => '(select own_person()) is not null or (select is_at_gate())');
--> statement-breakpoint
-- A tenant's member gives and ends its own role for its own tenant; sign-in gives what an invitation promised; anyone may leave.
select guard('memberships',
  p_seen => 'person_id = (select own_person()) or tenant_id = (select own_tenant()) or tenant_id is null and (select own_person()) is not null or (select is_at_gate())',
  p_written => $$tenant_id = (select own_tenant()) and role::text = (select acting_as()) or person_id = (select own_person())
    or (select is_at_gate()) and is_invited(person_id, role, tenant_id)$$);
--> statement-breakpoint
alter policy added on memberships with check ((select runs_scheme()) or tenant_id = (select own_tenant()) and role::text = (select acting_as())
  or (select is_at_gate()) and is_invited(person_id, role, tenant_id));
--> statement-breakpoint
alter policy changed on memberships with check ((select runs_scheme()) or tenant_id = (select own_tenant()) and role::text = (select acting_as())
  or (select is_at_gate()) and is_invited(person_id, role, tenant_id) or person_id = (select own_person()) and ended_on is not null);
--> statement-breakpoint
select guard('invitations', p_seen => 'tenant_id = (select own_tenant()) or (select is_at_gate())',
  p_written => 'tenant_id = (select own_tenant()) and role::text = (select acting_as()) or (select is_at_gate())',
  p_added => 'tenant_id = (select own_tenant()) and role::text = (select acting_as())');
--> statement-breakpoint
select guard(t::regclass, p_seen => 'membership_id = any ((select own_memberships())::uuid[]) or (select is_at_gate())',
  p_written => 'membership_id = any ((select own_memberships())::uuid[]) or (select is_at_gate())')
  from unnest(array['sessions', 'api_tokens', 'demo_sign_ins']) t;
--> statement-breakpoint
select guard('idempotent_answers', p_seen => 'membership_id = any ((select own_memberships())::uuid[])',
  p_written => 'membership_id = any ((select own_memberships())::uuid[])', p_scheme => false);
--> statement-breakpoint
select guard(t::regclass, p_seen => 'person_id = (select own_person()) or (select is_at_gate())',
  p_written => 'person_id = (select own_person()) or (select is_at_gate())', p_scheme => false)
  from unnest(array['passkeys', 'oidc_identities', 'sign_in_attempts']) t;
--> statement-breakpoint
-- Whoever acts may have a mail sent or a line written about it. Nobody but the operator reads mails, except to know that one about
-- a membership of one's own tenant went out.
select guard('mails', p_seen => $$facts->>'membershipId' = any ((select own_memberships())::text[])$$, p_added => '(select acting_as()) <> ''''', p_scheme => false);
--> statement-breakpoint
select guard('audit_log', p_added => '(select acting_as()) <> ''''');
--> statement-breakpoint

-- Funders and their campaigns. Those who pay for one campaign together see all of it.
select guard('funders', p_seen => 'id = (select own_funder()) or id in (select f.funder_id from campaign_funders f)');
--> statement-breakpoint
select guard('share_links', p_seen => 'funder_id = (select own_funder()) or (select is_at_gate())', p_written => 'funder_id = (select own_funder())');
--> statement-breakpoint
select guard('campaigns', p_seen => 'id = any ((select own_campaigns())::uuid[])', p_written => 'id = any ((select funded_campaigns())::uuid[])', p_added => 'false');
--> statement-breakpoint
-- A funder moves a campaign by signing it, and in no other way.
alter policy changed on campaigns with check ((select runs_scheme()) or (id = any ((select funded_campaigns())::uuid[]) and state in ('draft', 'agreed')));
--> statement-breakpoint
select guard('campaign_funders', p_seen => 'campaign_id = any ((select funded_campaigns())::uuid[])', p_written => 'funder_id = (select own_funder())', p_added => 'false');
--> statement-breakpoint
select guard(t::regclass, p_seen => 'campaign_id = any ((select own_campaigns())::uuid[])')
  from unnest(array['campaign_services', 'campaign_venues', 'campaign_territories']) t;
--> statement-breakpoint
select guard(t::regclass, p_seen => 'campaign_id = any ((select funded_campaigns())::uuid[])')
  from unnest(array['context_notes', 'campaign_targets', 'campaign_decisions', 'fundings', 'funding_calls', 'receipts', 'money_orders', 'sealed_campaigns']) t;
--> statement-breakpoint

-- Books: a funder sees those of its campaigns, a prescriber what it was sent, a phone which vouchers exist.
select guard('prescribers', p_seen => 'id = (select own_prescriber()) or id in (select b.prescriber_id from boxes b union all select h.prescriber_id from handouts h)',
  p_written => 'id = (select own_prescriber())', p_added => 'false');
--> statement-breakpoint
select guard('boxes', p_seen => 'prescriber_id = (select own_prescriber()) or campaign_id = any ((select funded_campaigns())::uuid[])',
  p_written => 'prescriber_id = (select own_prescriber())', p_added => 'false');
--> statement-breakpoint
select guard('print_runs', p_seen => 'campaign_id = any ((select funded_campaigns())::uuid[]) or id in (select b.print_run_id from boxes b)',
  p_written => 'campaign_id = any ((select funded_campaigns())::uuid[]) or id in (select b.print_run_id from boxes b)', p_added => 'false');
--> statement-breakpoint
select guard('books', p_seen => 'box_id in (select b.id from boxes b) or (select acting_as()) = ''device'' and campaign_id = any ((select own_campaigns())::uuid[])',
  p_written => 'box_id in (select b.id from boxes b where b.prescriber_id = (select own_prescriber()))', p_added => 'false');
--> statement-breakpoint
select guard('vouchers', p_seen => '(select acting_as()) = ''device'' and campaign_id = any ((select own_campaigns())::uuid[])');
--> statement-breakpoint
select guard('stop_orders', p_seen => 'campaign_id = any ((select funded_campaigns())::uuid[]) or ordered_by = (select own_person()) or (select own_prescriber()) is not null and campaign_id = any ((select own_campaigns())::uuid[])',
  p_added => '(select own_prescriber()) is not null and campaign_id = any ((select own_campaigns())::uuid[])');
--> statement-breakpoint
select guard('handouts', p_seen => 'prescriber_id = (select own_prescriber()) or campaign_id = any ((select funded_campaigns())::uuid[])',
  p_written => 'prescriber_id = (select own_prescriber())');
--> statement-breakpoint

-- Venues are public places; what they are paid on and for is theirs.
select guard('organisations', p_seen => 'true', p_written => 'id = (select own_organisation())', p_added => 'false');
--> statement-breakpoint
-- Locking a row takes the right to change it, and these may be locked by their tenant but not changed.
alter policy changed on organisations with check ((select runs_scheme()));
--> statement-breakpoint
alter policy changed on prescribers with check ((select runs_scheme()));
--> statement-breakpoint
select guard('venues', p_seen => 'true', p_written => 'organisation_id = (select own_organisation())');
--> statement-breakpoint
select guard('venue_services', p_seen => 'true', p_written => 'venue_id in (select v.id from venues v where v.organisation_id = (select own_organisation()))');
--> statement-breakpoint
-- A venue applies, which ends what was decided before; it decides nothing.
select guard('venue_qualifications', p_seen => 'true', p_written => 'venue_id in (select v.id from venues v where v.organisation_id = (select own_organisation()))',
  p_added => $$state = 'applied' and venue_id in (select v.id from venues v where v.organisation_id = (select own_organisation()))$$);
--> statement-breakpoint
alter policy changed on venue_qualifications with check ((select runs_scheme()) or valid_until is not null);
--> statement-breakpoint
select guard('bank_accounts', p_seen => 'organisation_id = (select own_organisation())', p_added => $$organisation_id = (select own_organisation()) and state = 'submitted'$$);
--> statement-breakpoint
select guard('bank_account_documents', p_seen => 'bank_account_id in (select a.id from bank_accounts a)', p_added => 'bank_account_id in (select a.id from bank_accounts a)');
--> statement-breakpoint
select guard('venue_applications', p_seen => '(select is_at_gate())', p_written => '(select is_at_gate())');
--> statement-breakpoint

-- Phones.
select guard(t::regclass, p_seen => 'organisation_id = (select own_organisation()) or prescriber_id = (select own_prescriber()) or (select is_at_gate())',
  p_written => 'organisation_id = (select own_organisation()) or prescriber_id = (select own_prescriber()) or (select is_at_gate())')
  from unnest(array['devices', 'enrolment_tokens']) t;
--> statement-breakpoint
select guard(t::regclass, p_seen => 'device_id in (select d.id from devices d)', p_written => 'device_id in (select d.id from devices d)')
  from unnest(array['device_progress', 'device_days', 'device_handouts']) t;
--> statement-breakpoint

-- Uses, and the money that follows from them.
select guard('redemptions', p_seen => 'organisation_id = (select own_organisation()) or campaign_id = any ((select funded_campaigns())::uuid[])');
--> statement-breakpoint
select guard(t::regclass, p_seen => 'organisation_id = (select own_organisation())')
  from unnest(array['statements', 'statement_reviews', 'payouts', 'payout_holds']) t;
--> statement-breakpoint
select guard(t::regclass, p_seen => 'statement_id in (select s.id from statements s)')
  from unnest(array['statement_lines', 'statement_adjustments']) t;
--> statement-breakpoint
select guard('payout_lines', p_seen => 'payout_id in (select p.id from payouts p)');
--> statement-breakpoint
select guard('payment_batches', p_seen => 'id in (select p.batch_id from payouts p)');
--> statement-breakpoint
select guard('ledger_accounts', p_seen => 'organisation_id = (select own_organisation()) or campaign_id = any ((select funded_campaigns())::uuid[])');
--> statement-breakpoint
select guard('transfers', p_seen => 'debit_id in (select a.id from ledger_accounts a) or credit_id in (select a.id from ledger_accounts a)');
--> statement-breakpoint

-- Rules that look at rows look at all of them, whoever wrote the row they guard.
alter function chain_audit_line security definer;
--> statement-breakpoint
alter function an_open_campaign_keeps_its_lists security definer set search_path = pg_catalog, public, pg_temp;
--> statement-breakpoint
alter function parts_are_the_face_value security definer set search_path = pg_catalog, public, pg_temp;
--> statement-breakpoint
alter function agreed_parts_are_the_face_value security definer set search_path = pg_catalog, public, pg_temp;
--> statement-breakpoint
alter function at_most_three_periods_are_live security definer set search_path = pg_catalog, public, pg_temp;
