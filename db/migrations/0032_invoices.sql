CREATE TYPE "public"."invoice_kind" AS ENUM('invoice', 'credit_note');--> statement-breakpoint
CREATE TABLE "account_holders" (
	"paying_account_id" uuid PRIMARY KEY NOT NULL,
	"siret" text NOT NULL,
	"address" text NOT NULL,
	"vat_mention" text NOT NULL,
	"described_by" uuid NOT NULL,
	"described_on" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invoices" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" "invoice_kind" NOT NULL,
	"paying_account_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"number" integer NOT NULL,
	"campaign_id" uuid NOT NULL,
	"funder_id" uuid NOT NULL,
	"funding_call_id" uuid,
	"credited_id" uuid,
	"amount_cents" bigint NOT NULL,
	"subject" text NOT NULL,
	"issuer_name" text NOT NULL,
	"issuer_siret" text NOT NULL,
	"issuer_address" text NOT NULL,
	"vat_mention" text NOT NULL,
	"customer_name" text NOT NULL,
	"customer_siret" text,
	"service_code" text,
	"commitment_number" text,
	"issued_by" uuid NOT NULL,
	"issued_on" date NOT NULL,
	CONSTRAINT "invoices_fundingCallId_unique" UNIQUE("funding_call_id"),
	CONSTRAINT "an_invoice_number_is_used_once" UNIQUE("paying_account_id","kind","year","number"),
	CONSTRAINT "an_invoice_is_positive" CHECK ("invoices"."amount_cents" > 0),
	CONSTRAINT "an_invoice_answers_a_call_and_a_credit_note_an_invoice" CHECK (("invoices"."kind" = 'invoice') = ("invoices"."funding_call_id" is not null) and ("invoices"."kind" = 'invoice') = ("invoices"."credited_id" is null))
);
--> statement-breakpoint
ALTER TABLE "account_holders" ADD CONSTRAINT "account_holders_paying_account_id_paying_accounts_id_fk" FOREIGN KEY ("paying_account_id") REFERENCES "public"."paying_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_holders" ADD CONSTRAINT "account_holders_described_by_people_id_fk" FOREIGN KEY ("described_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_paying_account_id_paying_accounts_id_fk" FOREIGN KEY ("paying_account_id") REFERENCES "public"."paying_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_funding_call_id_funding_calls_id_fk" FOREIGN KEY ("funding_call_id") REFERENCES "public"."funding_calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_issued_by_people_id_fk" FOREIGN KEY ("issued_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "a_credit_note_credits_an_invoice" FOREIGN KEY ("credited_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "only_a_funder_of_the_campaign_is_invoiced" FOREIGN KEY ("campaign_id","funder_id") REFERENCES "public"."campaign_funders"("campaign_id","funder_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
grant select, insert on invoices to carnet_app, carnet_jobs;--> statement-breakpoint
grant select, insert, update on account_holders to carnet_app, carnet_jobs;--> statement-breakpoint
select guard('account_holders');--> statement-breakpoint
select guard('invoices', p_seen => 'funder_id = (select own_funder())');--> statement-breakpoint
-- Whoever adds holds the lock of the numbers (shared/locks.ts: invoiceNumbers); this says so when they forget it.
create function invoice_numbers_have_no_gap() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.number <> 1 + coalesce((select max(i.number) from invoices i where i.paying_account_id = new.paying_account_id
                                    and i.kind = new.kind and i.year = new.year), 0) then
    raise exception 'the number of an invoice follows the last one' using errcode = '23514', constraint = 'invoice_numbers_have_no_gap';
  end if;
  return new;
end $$;--> statement-breakpoint
create trigger invoice_numbers_have_no_gap before insert on invoices for each row execute function invoice_numbers_have_no_gap();--> statement-breakpoint
create function invoices_are_never_changed() returns trigger language plpgsql as $$
begin
  raise exception 'an invoice is never changed; a credit note is made' using errcode = '23514', constraint = 'invoices_are_never_changed';
end $$;--> statement-breakpoint
create trigger invoices_are_never_changed before update or delete or truncate on invoices
  for each statement execute function invoices_are_never_changed();
