-- Rules that need more than a check: what may not overlap in time, what an agreement fixes, what is never changed.

create extension if not exists btree_gist;
--> statement-breakpoint
alter table bank_accounts add constraint one_verified_account_at_a_time
  exclude using gist (organisation_id with =, daterange(valid_from, valid_until, '[]') with &&) where (valid_from is not null);
--> statement-breakpoint
alter table venue_qualifications add constraint one_qualification_at_a_time
  exclude using gist (venue_id with =, daterange(valid_from, valid_until, '[)') with &&);
--> statement-breakpoint
alter table books add constraint covers_of_one_campaign_do_not_repeat check (cover_number < 10000000);
--> statement-breakpoint

create function an_open_campaign_keeps_its_terms() returns trigger language plpgsql as $$
begin
  if old.state in ('draft', 'agreed') then return new; end if;
  if (new.number, new.paying_account_id, new.face_value_cents, new.book_size, new.starts_on, new.grace_days,
      new.pays_all_services, new.accepts_all_venues, new.has_territory)
     is distinct from
     (old.number, old.paying_account_id, old.face_value_cents, old.book_size, old.starts_on, old.grace_days,
      old.pays_all_services, old.accepts_all_venues, old.has_territory)
     or new.ends_on < old.ends_on or new.budgeted_books < old.budgeted_books then
    raise exception 'an open campaign keeps its terms' using errcode = '23514', constraint = 'an_open_campaign_keeps_its_terms';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger an_open_campaign_keeps_its_terms before update on campaigns
  for each row execute function an_open_campaign_keeps_its_terms();
--> statement-breakpoint

-- Parts, services, venues and territory of a campaign: free while it is a draft or agreed, then fixed with it.
create function an_open_campaign_keeps_its_lists() returns trigger language plpgsql as $$
declare campaign uuid := coalesce(new.campaign_id, old.campaign_id);
begin
  if (select state from campaigns where id = campaign) not in ('draft', 'agreed') then
    raise exception 'an open campaign keeps its terms' using errcode = '23514', constraint = 'an_open_campaign_keeps_its_terms';
  end if;
  return coalesce(new, old);
end $$;
--> statement-breakpoint
create trigger an_open_campaign_keeps_its_parts before insert or update or delete on campaign_funders
  for each row execute function an_open_campaign_keeps_its_lists();
--> statement-breakpoint
create trigger an_open_campaign_keeps_its_services before insert or update or delete on campaign_services
  for each row execute function an_open_campaign_keeps_its_lists();
--> statement-breakpoint
create trigger an_open_campaign_keeps_its_venues before insert or update or delete on campaign_venues
  for each row execute function an_open_campaign_keeps_its_lists();
--> statement-breakpoint
create trigger an_open_campaign_keeps_its_territory before insert or update or delete on campaign_territories
  for each row execute function an_open_campaign_keeps_its_lists();
--> statement-breakpoint

-- Deferred, so that a campaign and its funders can be written in any order within one transaction.
create function parts_are_the_face_value() returns trigger language plpgsql as $$
declare wrong uuid;
begin
  select c.id into wrong from campaigns c
   where c.id = coalesce(new.campaign_id, old.campaign_id) and c.state <> 'draft'
     and c.face_value_cents is distinct from (select sum(f.part_cents) from campaign_funders f where f.campaign_id = c.id);
  if wrong is not null then
    raise exception 'the parts of a voucher are its face value' using errcode = '23514', constraint = 'parts_are_the_face_value';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger parts_are_the_face_value after insert or update or delete on campaign_funders
  deferrable initially deferred for each row execute function parts_are_the_face_value();
--> statement-breakpoint
create function agreed_parts_are_the_face_value() returns trigger language plpgsql as $$
begin
  if new.state <> 'draft' and new.face_value_cents is distinct from
     (select sum(f.part_cents) from campaign_funders f where f.campaign_id = new.id) then
    raise exception 'the parts of a voucher are its face value' using errcode = '23514', constraint = 'parts_are_the_face_value';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger agreed_parts_are_the_face_value after insert or update on campaigns
  deferrable initially deferred for each row execute function agreed_parts_are_the_face_value();
--> statement-breakpoint

create function this_is_never_changed() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = '23514', constraint = tg_table_name || '_is_append_only';
end $$;
--> statement-breakpoint
create trigger release_cells_are_immutable before update or delete on release_cells
  for each row execute function this_is_never_changed();
--> statement-breakpoint
create trigger release_cells_are_never_emptied before truncate on release_cells
  for each statement execute function this_is_never_changed();
