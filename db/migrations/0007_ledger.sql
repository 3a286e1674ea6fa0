CREATE TYPE "public"."account_kind" AS ENUM('bank', 'owes', 'available', 'issued', 'expired', 'payable', 'in_payment', 'reserve', 'suspense');--> statement-breakpoint
CREATE TYPE "public"."transfer_kind" AS ENUM('funding_received', 'funding_unmatched', 'suspense_matched', 'suspense_refunded', 'reserve_funded', 'bank_fee', 'box_activated', 'box_revoked', 'statement_frozen', 'reversal_after_freezing', 'netting', 'netting_bank', 'correction_after_sealing', 'owes_repaid', 'payout_created', 'payout_booked', 'payout_withdrawn', 'payout_rejected', 'payout_returned', 'validity_ended', 'expired_refunded', 'expired_moved', 'available_refunded', 'available_moved', 'paid_from_reserve');--> statement-breakpoint
CREATE TABLE "ledger_accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" "account_kind" NOT NULL,
	"paying_account_id" uuid NOT NULL,
	"campaign_id" uuid,
	"funder_id" uuid,
	"organisation_id" uuid,
	"balance_cents" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "an_account_exists_once" UNIQUE NULLS NOT DISTINCT("kind","paying_account_id","campaign_id","funder_id","organisation_id"),
	CONSTRAINT "no_balance_is_negative" CHECK ("ledger_accounts"."balance_cents" >= 0),
	CONSTRAINT "an_account_has_the_dimensions_of_its_kind" CHECK (case
        when "ledger_accounts"."kind" in ('reserve', 'suspense') then "ledger_accounts"."campaign_id" is null and "ledger_accounts"."funder_id" is null and "ledger_accounts"."organisation_id" is null
        when "ledger_accounts"."kind" = 'bank' then "ledger_accounts"."funder_id" is null and "ledger_accounts"."organisation_id" is null
        when "ledger_accounts"."kind" in ('available', 'issued', 'expired') then "ledger_accounts"."campaign_id" is not null and "ledger_accounts"."funder_id" is not null and "ledger_accounts"."organisation_id" is null
        else "ledger_accounts"."campaign_id" is not null and "ledger_accounts"."funder_id" is null and "ledger_accounts"."organisation_id" is not null end)
);
--> statement-breakpoint
CREATE TABLE "transfers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" "transfer_kind" NOT NULL,
	"debit_id" uuid NOT NULL,
	"credit_id" uuid NOT NULL,
	"amount_cents" bigint NOT NULL,
	"voucher_count" integer,
	"period_id" integer,
	"document_ref" text NOT NULL,
	"body_hash" "bytea" NOT NULL,
	"posted_on" date NOT NULL,
	CONSTRAINT "a_transfer_is_positive" CHECK ("transfers"."amount_cents" > 0),
	CONSTRAINT "a_transfer_has_two_sides" CHECK ("transfers"."debit_id" <> "transfers"."credit_id"),
	CONSTRAINT "a_transfer_counts_vouchers" CHECK ("transfers"."voucher_count" > 0)
);
--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_paying_account_id_paying_accounts_id_fk" FOREIGN KEY ("paying_account_id") REFERENCES "public"."paying_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_funder_id_funders_id_fk" FOREIGN KEY ("funder_id") REFERENCES "public"."funders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_debit_id_ledger_accounts_id_fk" FOREIGN KEY ("debit_id") REFERENCES "public"."ledger_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_credit_id_ledger_accounts_id_fk" FOREIGN KEY ("credit_id") REFERENCES "public"."ledger_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_period_id_periods_id_fk" FOREIGN KEY ("period_id") REFERENCES "public"."periods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "transfers_by_debit" ON "transfers" USING btree ("debit_id");--> statement-breakpoint
CREATE INDEX "transfers_by_credit" ON "transfers" USING btree ("credit_id");--> statement-breakpoint
CREATE INDEX "transfers_by_document" ON "transfers" USING btree ("document_ref");