CREATE TYPE "public"."fold" AS ENUM('service', 'theme', 'all');--> statement-breakpoint
CREATE TYPE "public"."period_state" AS ENUM('open', 'closed', 'frozen', 'sealing', 'sealed');--> statement-breakpoint
CREATE TYPE "public"."redemption_state" AS ENUM('accepted', 'reversed');--> statement-breakpoint
CREATE TYPE "public"."refusal_reason" AS ENUM('unknown_voucher', 'malformed_code', 'bad_signature', 'already_used', 'not_active', 'blocked', 'expired', 'campaign_not_open', 'out_of_area', 'service_not_offered', 'service_not_covered', 'venue_not_qualified', 'too_old', 'withdrawn', 'unknown_device_limit', 'scan_id_reused');--> statement-breakpoint
CREATE TYPE "public"."scan_outcome" AS ENUM('accepted', 'refused', 'withdrawn');--> statement-breakpoint
CREATE TABLE "period_abandonments" (
	"period_id" integer PRIMARY KEY NOT NULL,
	"proposed_by" uuid NOT NULL,
	"confirmed_by" uuid,
	"proposed_on" date NOT NULL,
	"confirmed_on" date,
	CONSTRAINT "two_people_abandon_a_period" CHECK ("period_abandonments"."confirmed_by" <> "period_abandonments"."proposed_by")
);
--> statement-breakpoint
CREATE TABLE "period_folds" (
	"period_id" integer NOT NULL,
	"campaign_id" uuid NOT NULL,
	"fold" "fold" NOT NULL,
	CONSTRAINT "period_folds_period_id_campaign_id_pk" PRIMARY KEY("period_id","campaign_id")
);
--> statement-breakpoint
CREATE TABLE "periods" (
	"id" integer PRIMARY KEY NOT NULL,
	"month" date NOT NULL,
	"state" "period_state" NOT NULL,
	"opened_on" date NOT NULL,
	"closed_on" date,
	"frozen_on" date,
	"sealed_on" date,
	"sealed_audit_hash" "bytea",
	"is_abandoned" boolean DEFAULT false NOT NULL,
	CONSTRAINT "a_period_is_a_month" CHECK (extract(day from "periods"."month") = 1),
	CONSTRAINT "periods_start_at_1" CHECK ("periods"."id" >= 1)
);
--> statement-breakpoint
CREATE TABLE "sealed_campaigns" (
	"period_id" integer NOT NULL,
	"campaign_id" uuid NOT NULL,
	"accepted_count" integer NOT NULL,
	"is_counted" boolean DEFAULT false NOT NULL,
	CONSTRAINT "sealed_campaigns_period_id_campaign_id_pk" PRIMARY KEY("period_id","campaign_id"),
	CONSTRAINT "an_accepted_count_is_not_negative" CHECK ("sealed_campaigns"."accepted_count" >= 0)
);
--> statement-breakpoint
CREATE TABLE "answers" (
	"answer_mac" uuid PRIMARY KEY NOT NULL,
	"outcome" "scan_outcome" NOT NULL,
	"reason" "refusal_reason",
	"is_reversed" boolean DEFAULT false NOT NULL,
	"kept_until" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "redemptions" (
	"period_id" integer NOT NULL,
	"tag" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"venue_id" uuid NOT NULL,
	"service_code" text NOT NULL,
	"day" date NOT NULL,
	"is_typed" boolean NOT NULL,
	"cell_key" bigint NOT NULL,
	"state" "redemption_state" DEFAULT 'accepted' NOT NULL
) PARTITION BY LIST ("period_id");
--> statement-breakpoint
CREATE TABLE "scan_receipts" (
	"period_id" integer NOT NULL,
	"scan_id" uuid NOT NULL,
	"venue_id" uuid NOT NULL,
	"body_mac" uuid,
	"tag" uuid,
	"outcome" "scan_outcome" NOT NULL,
	"reason" "refusal_reason",
	"was_used_here" boolean DEFAULT false NOT NULL,
	"is_reversed" boolean DEFAULT false NOT NULL
) PARTITION BY LIST ("period_id");
--> statement-breakpoint
ALTER TABLE "period_abandonments" ADD CONSTRAINT "period_abandonments_period_id_periods_id_fk" FOREIGN KEY ("period_id") REFERENCES "public"."periods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "period_abandonments" ADD CONSTRAINT "period_abandonments_proposed_by_people_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "period_abandonments" ADD CONSTRAINT "period_abandonments_confirmed_by_people_id_fk" FOREIGN KEY ("confirmed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "period_folds" ADD CONSTRAINT "period_folds_period_id_periods_id_fk" FOREIGN KEY ("period_id") REFERENCES "public"."periods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "period_folds" ADD CONSTRAINT "period_folds_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sealed_campaigns" ADD CONSTRAINT "sealed_campaigns_period_id_periods_id_fk" FOREIGN KEY ("period_id") REFERENCES "public"."periods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sealed_campaigns" ADD CONSTRAINT "sealed_campaigns_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "there_is_one_open_period" ON "periods" USING btree ("state") WHERE "periods"."state" = 'open';