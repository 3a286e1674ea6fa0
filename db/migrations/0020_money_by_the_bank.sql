CREATE TYPE "public"."bank_direction" AS ENUM('credit', 'debit');--> statement-breakpoint
CREATE TYPE "public"."bank_file_kind" AS ENUM('pain.002', 'camt.053', 'camt.054');--> statement-breakpoint
CREATE TYPE "public"."bank_line_outcome" AS ENUM('accepted', 'rejected', 'booked', 'returned', 'received', 'suspense', 'sent', 'fee', 'known', 'pending', 'open');--> statement-breakpoint
CREATE TYPE "public"."fund_source" AS ENUM('available', 'expired');--> statement-breakpoint
CREATE TYPE "public"."money_order_kind" AS ENUM('refund', 'transfer', 'receipt_sent_back', 'correction', 'reserve_payment');--> statement-breakpoint
CREATE TYPE "public"."money_order_state" AS ENUM('proposed', 'approved', 'refused');--> statement-breakpoint
CREATE TYPE "public"."receipt_state" AS ENUM('suspense', 'attributed', 'sent_back');--> statement-breakpoint
CREATE TABLE "bank_balances" (
	"file_id" uuid NOT NULL,
	"paying_account_id" uuid NOT NULL,
	"ends_on" date NOT NULL,
	"balance_cents" bigint NOT NULL,
	"ledger_cents" bigint NOT NULL,
	"on_the_way_cents" bigint NOT NULL,
	CONSTRAINT "bank_balances_file_id_paying_account_id_pk" PRIMARY KEY("file_id","paying_account_id")
);
--> statement-breakpoint
CREATE TABLE "bank_files" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" "bank_file_kind" NOT NULL,
	"version" text NOT NULL,
	"message_id" text NOT NULL,
	"name" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"content" "bytea" NOT NULL,
	"imported_by" uuid NOT NULL,
	"imported_on" date NOT NULL,
	CONSTRAINT "bank_files_sha256_unique" UNIQUE("sha256")
);
--> statement-breakpoint
CREATE TABLE "bank_lines" (
	"file_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"paying_account_id" uuid,
	"bank_reference" text NOT NULL,
	"direction" "bank_direction",
	"amount_cents" bigint,
	"happened_on" date,
	"reference" text,
	"status" text NOT NULL,
	"counterparty" text,
	"remittance" text,
	"outcome" "bank_line_outcome" NOT NULL,
	"why" text NOT NULL,
	"payout_id" uuid,
	"receipt_id" uuid,
	"settled_by" uuid,
	"settled_on" date,
	"settlement" text,
	CONSTRAINT "bank_lines_file_id_position_pk" PRIMARY KEY("file_id","position"),
	CONSTRAINT "a_settled_line_says_how" CHECK (("bank_lines"."settled_on" is null) = ("bank_lines"."settlement" is null) and ("bank_lines"."settled_on" is null or "bank_lines"."outcome" = 'open'))
);
--> statement-breakpoint
CREATE TABLE "funding_calls" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"campaign_id" uuid NOT NULL,
	"funder_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"amount_cents" bigint NOT NULL,
	"called_by" uuid,
	"called_on" date NOT NULL,
	CONSTRAINT "funding_calls_reference_unique" UNIQUE("reference"),
	CONSTRAINT "a_call_is_positive" CHECK ("funding_calls"."amount_cents" > 0)
);
--> statement-breakpoint
CREATE TABLE "invariant_runs" (
	"ran_at" timestamp with time zone PRIMARY KEY NOT NULL,
	"broken_checks" text[] NOT NULL,
	"check_count" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "money_orders" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" "money_order_kind" NOT NULL,
	"state" "money_order_state" DEFAULT 'proposed' NOT NULL,
	"reference" text NOT NULL,
	"amount_cents" bigint NOT NULL,
	"voucher_count" integer,
	"paying_account_id" uuid NOT NULL,
	"campaign_id" uuid,
	"funder_id" uuid,
	"organisation_id" uuid,
	"to_campaign_id" uuid,
	"receipt_id" uuid,
	"source" "fund_source",
	"reason" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_on" date NOT NULL,
	"decided_by" uuid,
	"decided_on" date,
	"booked_on" date,
	CONSTRAINT "money_orders_reference_unique" UNIQUE("reference"),
	CONSTRAINT "an_order_is_positive" CHECK ("money_orders"."amount_cents" > 0),
	CONSTRAINT "two_people_move_money" CHECK ("money_orders"."decided_by" <> "money_orders"."proposed_by"),
	CONSTRAINT "an_approved_order_has_an_approver" CHECK ("money_orders"."state" <> 'approved' or "money_orders"."decided_by" is not null)
);
--> statement-breakpoint
CREATE TABLE "payout_holds" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organisation_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"opened_by" uuid NOT NULL,
	"opened_on" date NOT NULL,
	"until" date NOT NULL,
	"lifted_by" uuid,
	"lifted_on" date,
	CONSTRAINT "a_hold_ends" CHECK ("payout_holds"."until" >= "payout_holds"."opened_on")
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"paying_account_id" uuid NOT NULL,
	"bank_reference" text NOT NULL,
	"amount_cents" bigint NOT NULL,
	"booked_on" date NOT NULL,
	"payer" text,
	"remittance" text,
	"state" "receipt_state" NOT NULL,
	"funding_call_id" uuid,
	"campaign_id" uuid,
	"funder_id" uuid,
	"decided_by" uuid,
	"decided_on" date,
	CONSTRAINT "the_bank_tells_a_receipt_once" UNIQUE("paying_account_id","bank_reference"),
	CONSTRAINT "a_receipt_is_positive" CHECK ("receipts"."amount_cents" > 0),
	CONSTRAINT "an_attributed_receipt_has_its_funder" CHECK ("receipts"."state" <> 'attributed' or ("receipts"."campaign_id" is not null and "receipts"."funder_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "bank_account_documents" (
	"bank_account_id" uuid PRIMARY KEY NOT NULL,
	"media_type" text NOT NULL,
	"content" "bytea" NOT NULL,
	"added_by" uuid NOT NULL,
	"added_on" date NOT NULL,
	CONSTRAINT "a_document_has_2_megabytes_at_most" CHECK (octet_length("bank_account_documents"."content") between 1 and 2097152)
);
--> statement-breakpoint
ALTER TABLE "payouts" ADD COLUMN "concerns" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "payouts" ADD COLUMN "second_by" uuid;--> statement-breakpoint
ALTER TABLE "payouts" ADD COLUMN "second_on" date;--> statement-breakpoint
ALTER TABLE "bank_balances" ADD CONSTRAINT "bank_balances_file_id_bank_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."bank_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_balances" ADD CONSTRAINT "bank_balances_paying_account_id_paying_accounts_id_fk" FOREIGN KEY ("paying_account_id") REFERENCES "public"."paying_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_files" ADD CONSTRAINT "bank_files_imported_by_people_id_fk" FOREIGN KEY ("imported_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_file_id_bank_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."bank_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_paying_account_id_paying_accounts_id_fk" FOREIGN KEY ("paying_account_id") REFERENCES "public"."paying_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_payout_id_payouts_id_fk" FOREIGN KEY ("payout_id") REFERENCES "public"."payouts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_receipt_id_receipts_id_fk" FOREIGN KEY ("receipt_id") REFERENCES "public"."receipts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_settled_by_people_id_fk" FOREIGN KEY ("settled_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "funding_calls" ADD CONSTRAINT "funding_calls_called_by_people_id_fk" FOREIGN KEY ("called_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "funding_calls" ADD CONSTRAINT "only_a_funder_of_the_campaign_is_called" FOREIGN KEY ("campaign_id","funder_id") REFERENCES "public"."campaign_funders"("campaign_id","funder_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_orders" ADD CONSTRAINT "money_orders_paying_account_id_paying_accounts_id_fk" FOREIGN KEY ("paying_account_id") REFERENCES "public"."paying_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_orders" ADD CONSTRAINT "money_orders_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_orders" ADD CONSTRAINT "money_orders_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_orders" ADD CONSTRAINT "money_orders_to_campaign_id_campaigns_id_fk" FOREIGN KEY ("to_campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_orders" ADD CONSTRAINT "money_orders_receipt_id_receipts_id_fk" FOREIGN KEY ("receipt_id") REFERENCES "public"."receipts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_orders" ADD CONSTRAINT "money_orders_proposed_by_people_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_orders" ADD CONSTRAINT "money_orders_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_holds" ADD CONSTRAINT "payout_holds_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_holds" ADD CONSTRAINT "payout_holds_opened_by_people_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_holds" ADD CONSTRAINT "payout_holds_lifted_by_people_id_fk" FOREIGN KEY ("lifted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_paying_account_id_paying_accounts_id_fk" FOREIGN KEY ("paying_account_id") REFERENCES "public"."paying_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_funding_call_id_funding_calls_id_fk" FOREIGN KEY ("funding_call_id") REFERENCES "public"."funding_calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_account_documents" ADD CONSTRAINT "bank_account_documents_bank_account_id_bank_accounts_id_fk" FOREIGN KEY ("bank_account_id") REFERENCES "public"."bank_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_account_documents" ADD CONSTRAINT "bank_account_documents_added_by_people_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bank_lines_by_reference" ON "bank_lines" USING btree ("paying_account_id","bank_reference");--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_second_by_people_id_fk" FOREIGN KEY ("second_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;