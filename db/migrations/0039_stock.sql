CREATE TYPE "public"."stop_asker" AS ENUM('prescriber', 'funder', 'printer', 'coordination');--> statement-breakpoint
CREATE TYPE "public"."gap_state" AS ENUM('missing', 'arrived', 'lost');--> statement-breakpoint
CREATE TYPE "public"."request_state" AS ENUM('waiting', 'accepted', 'declined');--> statement-breakpoint
CREATE TABLE "book_requests" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"prescriber_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"books" integer NOT NULL,
	"state" "request_state" DEFAULT 'waiting' NOT NULL,
	"requested_by" uuid NOT NULL,
	"requested_on" date NOT NULL,
	"decided_by" uuid,
	"decided_on" date,
	CONSTRAINT "a_request_is_for_some_books" CHECK ("book_requests"."books" > 0)
);
--> statement-breakpoint
CREATE TABLE "delivery_gaps" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"box_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"first_cover" integer NOT NULL,
	"last_cover" integer NOT NULL,
	"state" "gap_state" DEFAULT 'missing' NOT NULL,
	"reported_by" uuid NOT NULL,
	"reported_on" date NOT NULL,
	"settled_by" uuid,
	"settled_on" date,
	"activated_on" date,
	CONSTRAINT "a_gap_has_a_cover_range" CHECK ("delivery_gaps"."last_cover" >= "delivery_gaps"."first_cover"),
	CONSTRAINT "only_what_arrived_is_activated" CHECK ("delivery_gaps"."activated_on" is null or "delivery_gaps"."state" = 'arrived')
);
--> statement-breakpoint
CREATE TABLE "stock_counts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"campaign_id" uuid NOT NULL,
	"prescriber_id" uuid,
	"expected" integer NOT NULL,
	"counted" integer NOT NULL,
	"counted_by" uuid NOT NULL,
	"counted_on" date NOT NULL,
	CONSTRAINT "a_count_of_stock_is_not_negative" CHECK ("stock_counts"."counted" >= 0)
);
--> statement-breakpoint
CREATE TABLE "stock_moves" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"campaign_id" uuid NOT NULL,
	"first_cover" integer NOT NULL,
	"last_cover" integer NOT NULL,
	"from_prescriber_id" uuid,
	"to_prescriber_id" uuid,
	"declared_by" uuid NOT NULL,
	"declared_on" date NOT NULL,
	"received_by" uuid,
	"received_on" date,
	"cancelled_on" date,
	CONSTRAINT "a_move_has_a_cover_range" CHECK ("stock_moves"."last_cover" >= "stock_moves"."first_cover"),
	CONSTRAINT "a_move_is_between_a_prescriber_and_the_campaign" CHECK (("stock_moves"."from_prescriber_id" is null) <> ("stock_moves"."to_prescriber_id" is null)),
	CONSTRAINT "both_sides_acknowledge_a_move" CHECK ("stock_moves"."received_by" <> "stock_moves"."declared_by"),
	CONSTRAINT "a_move_is_received_or_cancelled" CHECK ("stock_moves"."received_on" is null or "stock_moves"."cancelled_on" is null)
);
--> statement-breakpoint
ALTER TABLE "boxes" ADD COLUMN "missing_books" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "handouts" ADD COLUMN "replacements" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "stop_orders" ADD COLUMN "asked_by" "stop_asker";--> statement-breakpoint
ALTER TABLE "stop_orders" ADD COLUMN "is_from_stock" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "book_requests" ADD CONSTRAINT "book_requests_prescriber_id_prescribers_id_fk" FOREIGN KEY ("prescriber_id") REFERENCES "public"."prescribers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book_requests" ADD CONSTRAINT "book_requests_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book_requests" ADD CONSTRAINT "book_requests_requested_by_people_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book_requests" ADD CONSTRAINT "book_requests_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_gaps" ADD CONSTRAINT "delivery_gaps_box_id_boxes_id_fk" FOREIGN KEY ("box_id") REFERENCES "public"."boxes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_gaps" ADD CONSTRAINT "delivery_gaps_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_gaps" ADD CONSTRAINT "delivery_gaps_reported_by_people_id_fk" FOREIGN KEY ("reported_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_gaps" ADD CONSTRAINT "delivery_gaps_settled_by_people_id_fk" FOREIGN KEY ("settled_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_counts" ADD CONSTRAINT "stock_counts_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_counts" ADD CONSTRAINT "stock_counts_prescriber_id_prescribers_id_fk" FOREIGN KEY ("prescriber_id") REFERENCES "public"."prescribers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_counts" ADD CONSTRAINT "stock_counts_counted_by_people_id_fk" FOREIGN KEY ("counted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_moves" ADD CONSTRAINT "stock_moves_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_moves" ADD CONSTRAINT "stock_moves_from_prescriber_id_prescribers_id_fk" FOREIGN KEY ("from_prescriber_id") REFERENCES "public"."prescribers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_moves" ADD CONSTRAINT "stock_moves_to_prescriber_id_prescribers_id_fk" FOREIGN KEY ("to_prescriber_id") REFERENCES "public"."prescribers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_moves" ADD CONSTRAINT "stock_moves_declared_by_people_id_fk" FOREIGN KEY ("declared_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_moves" ADD CONSTRAINT "stock_moves_received_by_people_id_fk" FOREIGN KEY ("received_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "book_requests_by_prescriber" ON "book_requests" USING btree ("prescriber_id");--> statement-breakpoint
CREATE INDEX "delivery_gaps_by_box" ON "delivery_gaps" USING btree ("box_id");--> statement-breakpoint
CREATE INDEX "stock_counts_by_campaign" ON "stock_counts" USING btree ("campaign_id");--> statement-breakpoint
CREATE INDEX "stock_moves_by_campaign" ON "stock_moves" USING btree ("campaign_id");--> statement-breakpoint
ALTER TABLE "boxes" ADD CONSTRAINT "no_more_books_are_missing_than_a_box_holds" CHECK ("boxes"."missing_books" between 0 and "boxes"."last_cover" - "boxes"."first_cover" + 1);--> statement-breakpoint
ALTER TABLE "handouts" ADD CONSTRAINT "a_count_of_replacements_is_not_negative" CHECK ("handouts"."replacements" >= 0);