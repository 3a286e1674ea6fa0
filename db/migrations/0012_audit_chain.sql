-- The audit log is one chain: each line holds the hash of the line before it. Nobody changes, removes or empties it, its owner
-- included; whoever switches the triggers off breaks the chain, and `verifyAuditChain` names the first line that no longer holds.
-- The canonical text of a line is the text of a jsonb object: PostgreSQL writes its keys in one order only.

create function chain_audit_line() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'the audit log is written at READ COMMITTED: another snapshot would not see the last line';
  end if;
  -- Held until commit, so the chain is serial: the audit line is written last in its transaction.
  perform pg_advisory_xact_lock(7203);
  select seq + 1, hash into new.seq, new.previous_hash from audit_log order by seq desc limit 1;
  if not found then
    new.seq := 1;
    new.previous_hash := decode(repeat('00', 32), 'hex');
  end if;
  new.hash := sha256(convert_to(jsonb_build_object(
    'seq', new.seq,
    'at', to_char(new.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'actor', new.actor,
    'personId', new.person_id,
    'action', new.action,
    'details', new.details,
    'previousHash', encode(new.previous_hash, 'hex')
  )::text, 'UTF8'));
  return new;
end $$;
--> statement-breakpoint
create trigger audit_lines_are_chained before insert on audit_log for each row execute function chain_audit_line();
--> statement-breakpoint
create function refuse_audit_change() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  raise exception 'the audit log is only ever added to' using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger the_audit_log_is_only_added_to before update or delete or truncate on audit_log
for each statement execute function refuse_audit_change();
