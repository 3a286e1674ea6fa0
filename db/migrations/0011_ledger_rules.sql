-- The ledger is only added to, and balances follow its transfers: nobody computes a balance, nobody corrects one.

create function the_ledger_is_only_added_to() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  raise exception 'the ledger is only ever added to' using errcode = '23514', constraint = 'the_ledger_is_only_added_to';
end $$;
--> statement-breakpoint
create trigger transfers_are_never_changed before update or delete or truncate on transfers
  for each statement execute function the_ledger_is_only_added_to();
--> statement-breakpoint
create trigger accounts_are_never_removed before delete or truncate on ledger_accounts
  for each statement execute function the_ledger_is_only_added_to();
--> statement-breakpoint

-- The id of an account says what it is for, so that a transfer finds it without a look-up. Version 8: made by our own rule.
create function ledger_account_id(p_kind account_kind, p_paying_account uuid, p_campaign uuid, p_funder uuid, p_organisation uuid) returns uuid
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select encode(set_byte(set_byte(h, 6, get_byte(h, 6) & 15 | 128), 8, get_byte(h, 8) & 63 | 128), 'hex')::uuid
    from substr(sha256(convert_to(concat(p_kind, '|', p_paying_account, '|', p_campaign, '|', p_funder, '|', p_organisation), 'UTF8')), 1, 16) h
$$;
--> statement-breakpoint

-- An account is what it was made for, starts empty, and moves only inside the trigger of transfers.
create function balances_move_by_transfers() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' and new.balance_cents = 0 then
    new.id := ledger_account_id(new.kind, new.paying_account_id, new.campaign_id, new.funder_id, new.organisation_id);
    return new;
  end if;
  if tg_op = 'UPDATE' and pg_trigger_depth() > 1
     and (new.id, new.kind, new.paying_account_id, new.campaign_id, new.funder_id, new.organisation_id)
         is not distinct from (old.id, old.kind, old.paying_account_id, old.campaign_id, old.funder_id, old.organisation_id) then
    return new;
  end if;
  raise exception 'a balance moves by transfers alone' using errcode = '23514', constraint = 'balances_move_by_transfers';
end $$;
--> statement-breakpoint
create trigger balances_move_by_transfers before insert or update on ledger_accounts
  for each row execute function balances_move_by_transfers();
--> statement-breakpoint

-- Which account may pay which, by kind of transfer. Anything else is a transfer the wrong way round.
create function is_a_known_movement(p_kind transfer_kind, p_debit account_kind, p_credit account_kind) returns boolean
language sql immutable set search_path = pg_catalog, public, pg_temp as $$
  select (p_kind::text, p_debit::text, p_credit::text) in (
    ('funding_received', 'bank', 'available'), ('funding_unmatched', 'bank', 'suspense'),
    ('suspense_matched', 'suspense', 'available'), ('suspense_matched', 'bank', 'bank'), ('suspense_refunded', 'suspense', 'bank'),
    ('reserve_funded', 'bank', 'reserve'), ('bank_fee', 'reserve', 'bank'),
    ('box_activated', 'available', 'issued'), ('box_revoked', 'issued', 'available'),
    ('statement_frozen', 'issued', 'payable'),
    ('reversal_after_freezing', 'payable', 'issued'), ('reversal_after_freezing', 'payable', 'expired'),
    ('reversal_after_freezing', 'owes', 'issued'), ('reversal_after_freezing', 'owes', 'expired'),
    ('netting', 'payable', 'owes'), ('netting_bank', 'bank', 'bank'),
    ('correction_after_sealing', 'owes', 'available'), ('owes_repaid', 'bank', 'owes'),
    ('payout_created', 'payable', 'in_payment'), ('payout_booked', 'in_payment', 'bank'),
    ('payout_withdrawn', 'in_payment', 'payable'), ('payout_rejected', 'in_payment', 'payable'),
    ('payout_returned', 'bank', 'in_payment'), ('payout_returned', 'in_payment', 'payable'),
    ('validity_ended', 'issued', 'expired'), ('expired_refunded', 'expired', 'bank'), ('available_refunded', 'available', 'bank'),
    ('expired_moved', 'expired', 'available'), ('expired_moved', 'bank', 'bank'),
    ('available_moved', 'available', 'available'), ('available_moved', 'bank', 'bank'),
    ('paid_from_reserve', 'reserve', 'payable'), ('paid_from_reserve', 'bank', 'bank'))
$$;
--> statement-breakpoint

-- Both sides lie on one paying account and, except where money changes pools on purpose, in one campaign.
create function transfers_stay_in_their_pool() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare debit ledger_accounts; credit ledger_accounts;
begin
  select * into strict debit from ledger_accounts where id = new.debit_id;
  select * into strict credit from ledger_accounts where id = new.credit_id;
  if not is_a_known_movement(new.kind, debit.kind, credit.kind) then
    raise exception '% does not go from % to %', new.kind, debit.kind, credit.kind
      using errcode = '23514', constraint = 'a_transfer_goes_its_way';
  end if;
  if debit.paying_account_id <> credit.paying_account_id
     or (debit.campaign_id is distinct from credit.campaign_id
         and new.kind not in ('suspense_matched', 'netting_bank', 'expired_moved', 'available_moved', 'paid_from_reserve'))
     or (debit.funder_id <> credit.funder_id and new.kind not in ('expired_moved', 'available_moved'))
     or debit.organisation_id <> credit.organisation_id then
    raise exception '% leaves its pool', new.kind using errcode = '23514', constraint = 'a_transfer_stays_in_its_pool';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger transfers_stay_in_their_pool before insert on transfers
  for each row execute function transfers_stay_in_their_pool();
--> statement-breakpoint

-- Per statement, so that only what a whole document leaves behind must not be negative.
-- Rows are locked in the order of their ids; NO KEY, because the foreign keys of transfers hold KEY SHARE on them already.
create function balances_follow_transfers() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare short uuid;
begin
  perform a.id from ledger_accounts a
    where a.id in (select debit_id from added union select credit_id from added) order by a.id for no key update;

  update ledger_accounts a
     set balance_cents = a.balance_cents + case when a.kind in ('bank', 'owes') then m.debits else -m.debits end
    from (select account_id, sum(amount) as debits
            from (select debit_id, amount_cents from added union all select credit_id, -amount_cents from added) s (account_id, amount)
           group by account_id) m
   where a.id = m.account_id;

  -- What organisations owe is money already paid out: the operator's reserve stands for it.
  select o.paying_account_id into short
    from ledger_accounts o
   where o.kind = 'owes' and o.paying_account_id in (
           select d.paying_account_id from added t join ledger_accounts d on d.id = t.debit_id where d.kind in ('owes', 'reserve'))
   group by o.paying_account_id
  having sum(o.balance_cents) > coalesce(
           (select r.balance_cents from ledger_accounts r where r.kind = 'reserve' and r.paying_account_id = o.paying_account_id), 0)
   limit 1;
  if found then
    raise exception 'the reserve of % does not cover what is owed', short
      using errcode = '23514', constraint = 'the_reserve_covers_what_is_owed';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger balances_follow_transfers after insert on transfers referencing new table as added
  for each statement execute function balances_follow_transfers();
--> statement-breakpoint

-- Whoever decides by balances holds this lock until commit. Posting takes it too: posts on one paying account go one after the other.
create function lock_paying_accounts(p_ids uuid[]) returns void language plpgsql volatile
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(7208, k.h) from (select distinct uuid_hash(i) h from unnest(p_ids) i order by 1) k;
end $$;
--> statement-breakpoint

-- What a posting asks for, as rows of transfers. Keys of accounts come flat: debitKind, debitCampaignId and so on.
create function transfers_asked(p_transfers jsonb, p_on date) returns setof transfers
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select t.id, t.kind, side.debit, side.credit, t."amountCents", t."voucherCount", t."periodId", t."documentRef",
         sha256(convert_to(concat(t.kind, '|', side.debit, '|', side.credit, '|', t."amountCents", '|', t."voucherCount", '|', t."periodId", '|', t."documentRef"), 'UTF8')),
         p_on
    from jsonb_to_recordset(p_transfers) t (
           id uuid, kind transfer_kind, debit jsonb, credit jsonb, "amountCents" bigint, "voucherCount" int, "periodId" int, "documentRef" text)
    cross join lateral jsonb_to_record(t.debit) d (kind account_kind, "payingAccountId" uuid, "campaignId" uuid, "funderId" uuid, "organisationId" uuid)
    cross join lateral jsonb_to_record(t.credit) c (kind account_kind, "payingAccountId" uuid, "campaignId" uuid, "funderId" uuid, "organisationId" uuid)
    cross join lateral (
      select ledger_account_id(d.kind, d."payingAccountId", d."campaignId", d."funderId", d."organisationId"),
             ledger_account_id(c.kind, c."payingAccountId", c."campaignId", c."funderId", c."organisationId")) side (debit, credit)
$$;
--> statement-breakpoint

/*
 * Posts a document: all its transfers or none. Accounts are made on first use. A transfer that is there with the same body is
 * absorbed, with another body refused (`a_transfer_is_never_changed`). Answers how many were new.
 * The only writer of the ledger: roles may execute it and read, nothing else.
 */
create function post_transfers(p_transfers jsonb, p_on date) returns int
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp as $$
declare changed uuid; added int;
begin
  perform lock_paying_accounts(array(
    select distinct (side.key->>'payingAccountId')::uuid
      from jsonb_to_recordset(p_transfers) t (debit jsonb, credit jsonb), lateral (values (t.debit), (t.credit)) side (key)));

  insert into ledger_accounts (kind, paying_account_id, campaign_id, funder_id, organisation_id)
  select distinct k.kind, k."payingAccountId", k."campaignId", k."funderId", k."organisationId"
    from jsonb_to_recordset(p_transfers) t (debit jsonb, credit jsonb)
    cross join lateral (values (t.debit), (t.credit)) side (key)
    cross join lateral jsonb_to_record(side.key) k (kind account_kind, "payingAccountId" uuid, "campaignId" uuid, "funderId" uuid, "organisationId" uuid)
   order by 1, 2, 3, 4, 5
  on conflict do nothing;

  insert into transfers select * from transfers_asked(p_transfers, p_on) on conflict (id) do nothing;
  get diagnostics added = row_count;

  select t.id into changed from transfers_asked(p_transfers, p_on) a join transfers t on t.id = a.id where t.body_hash <> a.body_hash limit 1;
  if found then
    raise exception 'transfer % was posted with another body', changed using errcode = '23514', constraint = 'a_transfer_is_never_changed';
  end if;
  return added;
end $$;
