-- Roles read and write the bank's answers; what was said by the bank or decided by two people is never taken back.
grant select, insert on bank_files, bank_account_documents, invariant_runs, funding_calls to carnet_app, carnet_jobs;
--> statement-breakpoint
grant select, insert, update on bank_lines, bank_balances, receipts, money_orders, payout_holds to carnet_app, carnet_jobs;
--> statement-breakpoint
grant delete on invariant_runs to carnet_jobs;
--> statement-breakpoint

-- Netting across campaigns is a payment out of one pool and a repayment into another, that meet inside one bank account:
-- no transfer leaves its pool, and each pool's equations hold as if two bank transfers had crossed.
create or replace function is_a_known_movement(p_kind transfer_kind, p_debit account_kind, p_credit account_kind) returns boolean
language sql immutable set search_path = pg_catalog, public, pg_temp as $$
  select (p_kind::text, p_debit::text, p_credit::text) in (
    ('funding_received', 'bank', 'available'), ('funding_unmatched', 'bank', 'suspense'),
    ('suspense_matched', 'suspense', 'available'), ('suspense_matched', 'bank', 'bank'), ('suspense_refunded', 'suspense', 'bank'),
    ('reserve_funded', 'bank', 'reserve'), ('bank_fee', 'reserve', 'bank'),
    ('box_activated', 'available', 'issued'), ('box_revoked', 'issued', 'available'),
    ('statement_frozen', 'issued', 'payable'),
    ('reversal_after_freezing', 'payable', 'issued'), ('reversal_after_freezing', 'payable', 'expired'),
    ('reversal_after_freezing', 'owes', 'issued'), ('reversal_after_freezing', 'owes', 'expired'),
    ('netting', 'payable', 'owes'), ('netting_bank', 'payable', 'bank'), ('netting_bank', 'bank', 'owes'),
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

-- A funder's money stays that funder's, in whatever campaign.
create or replace function transfers_stay_in_their_pool() returns trigger language plpgsql
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
         and new.kind not in ('suspense_matched', 'expired_moved', 'available_moved', 'paid_from_reserve'))
     or debit.funder_id <> credit.funder_id or debit.organisation_id <> credit.organisation_id then
    raise exception '% leaves its pool', new.kind using errcode = '23514', constraint = 'a_transfer_stays_in_its_pool';
  end if;
  return new;
end $$;
