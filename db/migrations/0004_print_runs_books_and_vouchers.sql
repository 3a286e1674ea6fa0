CREATE TYPE "public"."box_state" AS ENUM('printed', 'dispatched', 'delivered', 'active', 'revoked');--> statement-breakpoint
CREATE TYPE "public"."print_run_state" AS ENUM('requested', 'proof_approved', 'generated', 'printed', 'delivered', 'active', 'revoked');--> statement-breakpoint
CREATE TYPE "public"."stop_reason" AS ENUM('lost', 'stolen', 'damaged', 'end_of_validity');--> statement-breakpoint
CREATE TABLE "books" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"box_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"cover_number" integer NOT NULL,
	"is_blocked" boolean DEFAULT false NOT NULL,
	CONSTRAINT "a_cover_number_is_used_once_in_a_campaign" UNIQUE("campaign_id","cover_number"),
	CONSTRAINT "covers_start_at_1" CHECK ("books"."cover_number" > 0)
);
--> statement-breakpoint
CREATE TABLE "boxes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"print_run_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"first_cover" integer NOT NULL,
	"last_cover" integer NOT NULL,
	"state" "box_state" DEFAULT 'printed' NOT NULL,
	"prescriber_id" uuid,
	"dispatched_by" uuid,
	"dispatched_on" date,
	"delivered_by" uuid,
	"delivered_on" date,
	"good_samples" integer DEFAULT 0 NOT NULL,
	"activated_on" date,
	"revoked_on" date,
	CONSTRAINT "a_box_number_is_used_once_in_a_run" UNIQUE("print_run_id","number"),
	CONSTRAINT "a_box_has_a_cover_range" CHECK ("boxes"."last_cover" >= "boxes"."first_cover"),
	CONSTRAINT "a_sample_is_at_most_3" CHECK ("boxes"."good_samples" between 0 and 3),
	CONSTRAINT "both_sides_acknowledge_a_delivery" CHECK ("boxes"."delivered_by" <> "boxes"."dispatched_by"),
	CONSTRAINT "an_active_box_was_delivered_and_sampled" CHECK ("boxes"."state" <> 'active' or ("boxes"."delivered_on" is not null and "boxes"."good_samples" = 3 and "boxes"."activated_on" is not null))
);
--> statement-breakpoint
CREATE TABLE "handouts" (
	"prescriber_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"month" date NOT NULL,
	"books" integer NOT NULL,
	CONSTRAINT "handouts_prescriber_id_campaign_id_month_pk" PRIMARY KEY("prescriber_id","campaign_id","month"),
	CONSTRAINT "a_handout_count_is_not_negative" CHECK ("handouts"."books" >= 0),
	CONSTRAINT "a_handout_month_is_a_first_day" CHECK (extract(day from "handouts"."month") = 1)
);
--> statement-breakpoint
CREATE TABLE "prescribers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"commune_code" text,
	"created_on" date NOT NULL,
	CONSTRAINT "prescribers_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "print_runs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"campaign_id" uuid NOT NULL,
	"state" "print_run_state" DEFAULT 'requested' NOT NULL,
	"book_count" integer NOT NULL,
	"books_per_box" integer NOT NULL,
	"first_cover" integer,
	"kid" smallint,
	"age_recipient" text NOT NULL,
	"printed_last_day" date,
	"requested_by" uuid NOT NULL,
	"requested_on" date NOT NULL,
	"proof_approved_by" uuid,
	"approved_by" uuid,
	"generated_on" date,
	"artefact_sha256" "bytea",
	"receipt_confirmed_on" date,
	"revoked_on" date,
	CONSTRAINT "a_print_run_has_1_to_100000_books" CHECK ("print_runs"."book_count" between 1 and 100000),
	CONSTRAINT "a_box_holds_10_books_or_more" CHECK ("print_runs"."books_per_box" >= 10),
	CONSTRAINT "two_people_release_a_print_run" CHECK ("print_runs"."approved_by" <> "print_runs"."requested_by"),
	CONSTRAINT "a_kid_is_1_to_255" CHECK ("print_runs"."kid" between 1 and 255),
	CONSTRAINT "a_generated_run_has_an_artefact" CHECK ("print_runs"."state" in ('requested', 'proof_approved', 'revoked') or ("print_runs"."artefact_sha256" is not null and "print_runs"."approved_by" is not null and "print_runs"."kid" is not null))
);
--> statement-breakpoint
CREATE TABLE "stop_orders" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"campaign_id" uuid NOT NULL,
	"first_cover" integer NOT NULL,
	"last_cover" integer NOT NULL,
	"reason" "stop_reason" NOT NULL,
	"ordered_by" uuid,
	"ordered_on" date NOT NULL,
	"lifted_by" uuid,
	"lifted_on" date,
	CONSTRAINT "a_stop_order_has_a_cover_range" CHECK ("stop_orders"."last_cover" >= "stop_orders"."first_cover")
);
--> statement-breakpoint
CREATE TABLE "vouchers" (
	"code_mac" uuid PRIMARY KEY NOT NULL,
	"campaign_id" uuid NOT NULL,
	"book_id" uuid NOT NULL,
	"block_hash" "bytea" NOT NULL,
	"is_spent" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "books" ADD CONSTRAINT "books_box_id_boxes_id_fk" FOREIGN KEY ("box_id") REFERENCES "public"."boxes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "books" ADD CONSTRAINT "books_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "boxes" ADD CONSTRAINT "boxes_print_run_id_print_runs_id_fk" FOREIGN KEY ("print_run_id") REFERENCES "public"."print_runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "boxes" ADD CONSTRAINT "boxes_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "boxes" ADD CONSTRAINT "boxes_prescriber_id_prescribers_id_fk" FOREIGN KEY ("prescriber_id") REFERENCES "public"."prescribers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "boxes" ADD CONSTRAINT "boxes_dispatched_by_people_id_fk" FOREIGN KEY ("dispatched_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "boxes" ADD CONSTRAINT "boxes_delivered_by_people_id_fk" FOREIGN KEY ("delivered_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handouts" ADD CONSTRAINT "handouts_prescriber_id_prescribers_id_fk" FOREIGN KEY ("prescriber_id") REFERENCES "public"."prescribers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handouts" ADD CONSTRAINT "handouts_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prescribers" ADD CONSTRAINT "prescribers_commune_code_communes_code_fk" FOREIGN KEY ("commune_code") REFERENCES "public"."communes"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "print_runs" ADD CONSTRAINT "print_runs_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "print_runs" ADD CONSTRAINT "print_runs_requested_by_people_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "print_runs" ADD CONSTRAINT "print_runs_proof_approved_by_people_id_fk" FOREIGN KEY ("proof_approved_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "print_runs" ADD CONSTRAINT "print_runs_approved_by_people_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stop_orders" ADD CONSTRAINT "stop_orders_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stop_orders" ADD CONSTRAINT "stop_orders_ordered_by_people_id_fk" FOREIGN KEY ("ordered_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stop_orders" ADD CONSTRAINT "stop_orders_lifted_by_people_id_fk" FOREIGN KEY ("lifted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vouchers" ADD CONSTRAINT "vouchers_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vouchers" ADD CONSTRAINT "vouchers_book_id_books_id_fk" FOREIGN KEY ("book_id") REFERENCES "public"."books"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "books_by_box" ON "books" USING btree ("box_id");--> statement-breakpoint
CREATE INDEX "boxes_by_campaign" ON "boxes" USING btree ("campaign_id");--> statement-breakpoint
CREATE INDEX "print_runs_by_campaign" ON "print_runs" USING btree ("campaign_id");--> statement-breakpoint
CREATE INDEX "vouchers_by_campaign" ON "vouchers" USING btree ("campaign_id");--> statement-breakpoint
CREATE INDEX "vouchers_by_book" ON "vouchers" USING btree ("book_id");