CREATE TYPE "public"."amendment_kind" AS ENUM('extension', 'cancellation', 'top_up');--> statement-breakpoint
CREATE TYPE "public"."amendment_state" AS ENUM('proposed', 'agreed', 'withdrawn');--> statement-breakpoint
CREATE TYPE "public"."balance_reason" AS ENUM('below_orders', 'below_share');--> statement-breakpoint
CREATE TYPE "public"."ending_act" AS ENUM('blocking', 'late_handouts');--> statement-breakpoint
CREATE TYPE "public"."ending_step" AS ENUM('alert', 'stop_handouts', 'late_handouts', 'last_day', 'grace_ends', 'settled');--> statement-breakpoint
CREATE TABLE "amendment_signatures" (
	"amendment_id" uuid NOT NULL,
	"funder_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"signed_by" uuid NOT NULL,
	"signed_on" date NOT NULL,
	CONSTRAINT "amendment_signatures_amendment_id_funder_id_pk" PRIMARY KEY("amendment_id","funder_id")
);
--> statement-breakpoint
CREATE TABLE "amendments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"campaign_id" uuid NOT NULL,
	"kind" "amendment_kind" NOT NULL,
	"state" "amendment_state" DEFAULT 'proposed' NOT NULL,
	"ends_on" date,
	"budgeted_books" integer,
	"reason" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_on" date NOT NULL,
	"decided_on" date,
	CONSTRAINT "a_top_up_says_how_many_books" CHECK (("amendments"."kind" = 'top_up') = ("amendments"."budgeted_books" is not null)),
	CONSTRAINT "an_extension_says_until_when" CHECK ("amendments"."kind" <> 'extension' or "amendments"."ends_on" is not null),
	CONSTRAINT "a_decided_amendment_has_its_day" CHECK (("amendments"."state" = 'proposed') = ("amendments"."decided_on" is null))
);
--> statement-breakpoint
CREATE TABLE "balance_alerts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"campaign_id" uuid NOT NULL,
	"reason" "balance_reason" NOT NULL,
	"raised_on" date NOT NULL,
	"cleared_on" date
);
--> statement-breakpoint
CREATE TABLE "ending_signatures" (
	"campaign_id" uuid NOT NULL,
	"funder_id" uuid NOT NULL,
	"ends_on" date NOT NULL,
	"act" "ending_act" NOT NULL,
	"sha256" text NOT NULL,
	"signed_by" uuid NOT NULL,
	"signed_on" date NOT NULL,
	CONSTRAINT "ending_signatures_campaign_id_funder_id_ends_on_act_sha256_pk" PRIMARY KEY("campaign_id","funder_id","ends_on","act","sha256")
);
--> statement-breakpoint
CREATE TABLE "ending_steps" (
	"campaign_id" uuid NOT NULL,
	"ends_on" date NOT NULL,
	"step" "ending_step" NOT NULL,
	"done_on" date NOT NULL,
	"mail_count" integer NOT NULL,
	"issued_books" integer,
	"handed_out_books" integer,
	"started_books" integer,
	CONSTRAINT "ending_steps_campaign_id_ends_on_step_pk" PRIMARY KEY("campaign_id","ends_on","step")
);
--> statement-breakpoint
CREATE TABLE "joint_statements" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"campaign_id" uuid NOT NULL,
	"funder_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"content" text NOT NULL,
	"sha256" text NOT NULL,
	"made_on" date NOT NULL,
	"coordinator_id" uuid,
	"coordinator_signed_on" date,
	"signer_id" uuid,
	"funder_signed_on" date,
	CONSTRAINT "a_joint_statement_has_its_number" UNIQUE("campaign_id","funder_id","number"),
	CONSTRAINT "joint_statements_count_from_1" CHECK ("joint_statements"."number" > 0),
	CONSTRAINT "both_sides_are_two_people" CHECK ("joint_statements"."coordinator_id" <> "joint_statements"."signer_id"),
	CONSTRAINT "a_signature_has_its_day" CHECK (("joint_statements"."coordinator_id" is null) = ("joint_statements"."coordinator_signed_on" is null) and ("joint_statements"."signer_id" is null) = ("joint_statements"."funder_signed_on" is null))
);
--> statement-breakpoint
CREATE TABLE "leftover_declarations" (
	"campaign_id" uuid NOT NULL,
	"prescriber_id" uuid NOT NULL,
	"ranges" jsonb NOT NULL,
	"declared_by" uuid NOT NULL,
	"declared_on" date NOT NULL,
	CONSTRAINT "leftover_declarations_campaign_id_prescriber_id_pk" PRIMARY KEY("campaign_id","prescriber_id")
);
--> statement-breakpoint
ALTER TABLE "invoices" ALTER COLUMN "issued_by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "funding_calls" ADD COLUMN "due_on" date;--> statement-breakpoint
update funding_calls set due_on = called_on + 30;--> statement-breakpoint
ALTER TABLE "funding_calls" ALTER COLUMN "due_on" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "funding_calls" ADD COLUMN "amendment_id" uuid;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "low_balance_percent" integer DEFAULT 10 NOT NULL;--> statement-breakpoint
ALTER TABLE "fundings" ADD COLUMN "funding_call_id" uuid;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "is_for_expiry" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "amendment_signatures" ADD CONSTRAINT "amendment_signatures_amendment_id_amendments_id_fk" FOREIGN KEY ("amendment_id") REFERENCES "public"."amendments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendment_signatures" ADD CONSTRAINT "amendment_signatures_signed_by_people_id_fk" FOREIGN KEY ("signed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendment_signatures" ADD CONSTRAINT "only_a_funder_of_the_campaign_signs_its_amendment" FOREIGN KEY ("campaign_id","funder_id") REFERENCES "public"."campaign_funders"("campaign_id","funder_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendments" ADD CONSTRAINT "amendments_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendments" ADD CONSTRAINT "amendments_proposed_by_people_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "balance_alerts" ADD CONSTRAINT "balance_alerts_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ending_signatures" ADD CONSTRAINT "ending_signatures_signed_by_people_id_fk" FOREIGN KEY ("signed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ending_signatures" ADD CONSTRAINT "only_a_funder_of_the_campaign_signs_its_end" FOREIGN KEY ("campaign_id","funder_id") REFERENCES "public"."campaign_funders"("campaign_id","funder_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ending_steps" ADD CONSTRAINT "ending_steps_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_statements" ADD CONSTRAINT "joint_statements_coordinator_id_people_id_fk" FOREIGN KEY ("coordinator_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_statements" ADD CONSTRAINT "joint_statements_signer_id_people_id_fk" FOREIGN KEY ("signer_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_statements" ADD CONSTRAINT "a_joint_statement_is_with_a_funder_of_the_campaign" FOREIGN KEY ("campaign_id","funder_id") REFERENCES "public"."campaign_funders"("campaign_id","funder_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leftover_declarations" ADD CONSTRAINT "leftover_declarations_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leftover_declarations" ADD CONSTRAINT "leftover_declarations_prescriber_id_prescribers_id_fk" FOREIGN KEY ("prescriber_id") REFERENCES "public"."prescribers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leftover_declarations" ADD CONSTRAINT "leftover_declarations_declared_by_people_id_fk" FOREIGN KEY ("declared_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "one_amendment_at_a_time" ON "amendments" USING btree ("campaign_id") WHERE "amendments"."state" = 'proposed';--> statement-breakpoint
CREATE UNIQUE INDEX "an_alert_stands_once" ON "balance_alerts" USING btree ("campaign_id","reason") WHERE "balance_alerts"."cleared_on" is null;--> statement-breakpoint
ALTER TABLE "funding_calls" ADD CONSTRAINT "funding_calls_amendment_id_amendments_id_fk" FOREIGN KEY ("amendment_id") REFERENCES "public"."amendments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fundings" ADD CONSTRAINT "fundings_funding_call_id_funding_calls_id_fk" FOREIGN KEY ("funding_call_id") REFERENCES "public"."funding_calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "a_share_is_0_to_100_percent" CHECK ("campaigns"."low_balance_percent" between 0 and 100);--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "only_expiry_is_credited_by_itself" CHECK ("invoices"."is_for_expiry" or "invoices"."issued_by" is not null);--> statement-breakpoint
update fundings f set funding_call_id = r.funding_call_id from receipts r where f.reference = 'receipt:' || r.id and r.funding_call_id is not null;--> statement-breakpoint
grant select, insert, update on amendments, balance_alerts, joint_statements, leftover_declarations to carnet_app, carnet_jobs;--> statement-breakpoint
grant select, insert on amendment_signatures, ending_signatures, ending_steps to carnet_app, carnet_jobs;--> statement-breakpoint
select guard(t::regclass, p_seen => 'campaign_id = any ((select funded_campaigns())::uuid[])')
  from unnest(array['amendments', 'balance_alerts', 'ending_steps']) t;--> statement-breakpoint
select guard(t::regclass, p_seen => 'campaign_id = any ((select funded_campaigns())::uuid[])', p_added => 'funder_id = (select own_funder())')
  from unnest(array['amendment_signatures', 'ending_signatures']) t;--> statement-breakpoint
select guard('joint_statements', p_seen => 'funder_id = (select own_funder())', p_written => 'funder_id = (select own_funder())', p_added => 'false');--> statement-breakpoint
select guard('leftover_declarations', p_seen => 'prescriber_id = (select own_prescriber()) or campaign_id = any ((select funded_campaigns())::uuid[])',
  p_written => 'prescriber_id = (select own_prescriber())');--> statement-breakpoint
-- An earlier last day is what every funder signed, or nothing.
create or replace function an_open_campaign_keeps_its_terms() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.state in ('draft', 'agreed') then return new; end if;
  if (new.number, new.paying_account_id, new.face_value_cents, new.book_size, new.starts_on, new.grace_days,
      new.pays_all_services, new.accepts_all_venues, new.has_territory)
     is distinct from
     (old.number, old.paying_account_id, old.face_value_cents, old.book_size, old.starts_on, old.grace_days,
      old.pays_all_services, old.accepts_all_venues, old.has_territory)
     or new.budgeted_books < old.budgeted_books
     or new.ends_on < old.ends_on and not exists (
       select from amendments a where a.campaign_id = new.id and a.kind = 'cancellation' and a.state = 'agreed' and a.ends_on = new.ends_on) then
    raise exception 'an open campaign keeps its terms' using errcode = '23514', constraint = 'an_open_campaign_keeps_its_terms';
  end if;
  return new;
end $$;--> statement-breakpoint
create function joint_statements_are_only_signed() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op <> 'UPDATE'
     or (new.id, new.campaign_id, new.funder_id, new.number, new.content, new.sha256, new.made_on)
        is distinct from (old.id, old.campaign_id, old.funder_id, old.number, old.content, old.sha256, old.made_on)
     or old.coordinator_id is not null and (new.coordinator_id, new.coordinator_signed_on) is distinct from (old.coordinator_id, old.coordinator_signed_on)
     or old.signer_id is not null and (new.signer_id, new.funder_signed_on) is distinct from (old.signer_id, old.funder_signed_on) then
    raise exception 'a joint statement is only signed' using errcode = '23514', constraint = 'joint_statements_are_only_signed';
  end if;
  return new;
end $$;--> statement-breakpoint
create trigger joint_statements_are_only_signed before update or delete on joint_statements
  for each row execute function joint_statements_are_only_signed();--> statement-breakpoint
revoke execute on function joint_statements_are_only_signed() from public;
