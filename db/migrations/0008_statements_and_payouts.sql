CREATE TYPE "public"."batch_state" AS ENUM('draft', 'frozen', 'approved', 'exported', 'sent');--> statement-breakpoint
CREATE TYPE "public"."payout_state" AS ENUM('pending', 'accepted', 'rejected', 'booked', 'returned', 'withdrawn');--> statement-breakpoint
CREATE TYPE "public"."review_decision" AS ENUM('paid', 'reversed');--> statement-breakpoint
CREATE TYPE "public"."review_reason" AS ENUM('capacity', 'same_day_runs', 'typed_share', 'closed_day', 'off_territory', 'clock_skew', 'unknown_codes');--> statement-breakpoint
CREATE TABLE "payment_batches" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" integer NOT NULL,
	"state" "batch_state" DEFAULT 'draft' NOT NULL,
	"prepared_by" uuid,
	"prepared_on" date NOT NULL,
	"executes_on" date NOT NULL,
	"total_cents" bigint,
	"sha256" "bytea",
	"approved_by" uuid,
	"approved_on" date,
	"message_id" text,
	"file_sha256" "bytea",
	"exported_on" date,
	CONSTRAINT "payment_batches_number_unique" UNIQUE("number"),
	CONSTRAINT "payment_batches_messageId_unique" UNIQUE("message_id"),
	CONSTRAINT "two_people_release_a_batch" CHECK ("payment_batches"."approved_by" <> "payment_batches"."prepared_by"),
	CONSTRAINT "an_approved_batch_has_a_hash" CHECK ("payment_batches"."state" in ('draft') or ("payment_batches"."sha256" is not null and "payment_batches"."total_cents" is not null))
);
--> statement-breakpoint
CREATE TABLE "payout_lines" (
	"payout_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"amount_cents" integer NOT NULL,
	CONSTRAINT "payout_lines_payout_id_campaign_id_pk" PRIMARY KEY("payout_id","campaign_id"),
	CONSTRAINT "a_payout_line_is_positive" CHECK ("payout_lines"."amount_cents" > 0)
);
--> statement-breakpoint
CREATE TABLE "payouts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"batch_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"paying_account_id" uuid NOT NULL,
	"state" "payout_state" DEFAULT 'pending' NOT NULL,
	"amount_cents" integer NOT NULL,
	"end_to_end_id" text NOT NULL,
	"bank_account_id" uuid NOT NULL,
	"payee" jsonb NOT NULL,
	"booked_on" date,
	"booked_proof" text,
	"booked_by" uuid,
	"failed_on" date,
	"failure_reason" text,
	CONSTRAINT "payouts_endToEndId_unique" UNIQUE("end_to_end_id"),
	CONSTRAINT "a_payout_is_positive" CHECK ("payouts"."amount_cents" > 0),
	CONSTRAINT "a_booked_payout_has_its_proof" CHECK ("payouts"."state" <> 'booked' or ("payouts"."booked_on" is not null and "payouts"."booked_proof" is not null))
);
--> statement-breakpoint
CREATE TABLE "statement_adjustments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"statement_id" uuid NOT NULL,
	"venue_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"voucher_count" integer NOT NULL,
	"amount_cents" integer NOT NULL,
	"decided_by" uuid,
	"decided_on" date NOT NULL,
	CONSTRAINT "an_adjustment_counts_vouchers" CHECK ("statement_adjustments"."voucher_count" > 0)
);
--> statement-breakpoint
CREATE TABLE "statement_lines" (
	"statement_id" uuid NOT NULL,
	"venue_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"voucher_count" integer NOT NULL,
	"amount_cents" integer NOT NULL,
	CONSTRAINT "statement_lines_statement_id_venue_id_campaign_id_pk" PRIMARY KEY("statement_id","venue_id","campaign_id"),
	CONSTRAINT "a_line_counts_vouchers" CHECK ("statement_lines"."voucher_count" > 0)
);
--> statement-breakpoint
CREATE TABLE "statement_reviews" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organisation_id" uuid NOT NULL,
	"venue_id" uuid NOT NULL,
	"period_id" integer NOT NULL,
	"reason" "review_reason" NOT NULL,
	"opened_on" date NOT NULL,
	"paid_by" date NOT NULL,
	"decision" "review_decision",
	"decided_by" uuid,
	"decided_on" date,
	CONSTRAINT "a_venue_is_reviewed_once_for_a_reason" UNIQUE("venue_id","period_id","reason")
);
--> statement-breakpoint
CREATE TABLE "statements" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organisation_id" uuid NOT NULL,
	"period_id" integer NOT NULL,
	"number" integer NOT NULL,
	"voucher_count" integer NOT NULL,
	"total_cents" integer NOT NULL,
	"netted_cents" integer NOT NULL,
	"frozen_on" date NOT NULL,
	CONSTRAINT "statements_number_unique" UNIQUE("number"),
	CONSTRAINT "one_statement_per_organisation_and_period" UNIQUE("organisation_id","period_id"),
	CONSTRAINT "a_total_is_not_negative" CHECK ("statements"."total_cents" >= 0 and "statements"."netted_cents" between 0 and "statements"."total_cents")
);
--> statement-breakpoint
ALTER TABLE "payment_batches" ADD CONSTRAINT "payment_batches_prepared_by_people_id_fk" FOREIGN KEY ("prepared_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_batches" ADD CONSTRAINT "payment_batches_approved_by_people_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_lines" ADD CONSTRAINT "payout_lines_payout_id_payouts_id_fk" FOREIGN KEY ("payout_id") REFERENCES "public"."payouts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_lines" ADD CONSTRAINT "payout_lines_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_batch_id_payment_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."payment_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_paying_account_id_paying_accounts_id_fk" FOREIGN KEY ("paying_account_id") REFERENCES "public"."paying_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_bank_account_id_bank_accounts_id_fk" FOREIGN KEY ("bank_account_id") REFERENCES "public"."bank_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_booked_by_people_id_fk" FOREIGN KEY ("booked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_adjustments" ADD CONSTRAINT "statement_adjustments_statement_id_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_adjustments" ADD CONSTRAINT "statement_adjustments_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_adjustments" ADD CONSTRAINT "statement_adjustments_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_adjustments" ADD CONSTRAINT "statement_adjustments_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_lines" ADD CONSTRAINT "statement_lines_statement_id_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_lines" ADD CONSTRAINT "statement_lines_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_lines" ADD CONSTRAINT "statement_lines_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_reviews" ADD CONSTRAINT "statement_reviews_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_reviews" ADD CONSTRAINT "statement_reviews_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_reviews" ADD CONSTRAINT "statement_reviews_period_id_periods_id_fk" FOREIGN KEY ("period_id") REFERENCES "public"."periods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_reviews" ADD CONSTRAINT "statement_reviews_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_period_id_periods_id_fk" FOREIGN KEY ("period_id") REFERENCES "public"."periods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "there_is_one_draft" ON "payment_batches" USING btree ("state") WHERE "payment_batches"."state" = 'draft';--> statement-breakpoint
CREATE INDEX "payouts_by_organisation" ON "payouts" USING btree ("organisation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_payout_per_payee_and_batch" ON "payouts" USING btree ("batch_id","organisation_id","paying_account_id");