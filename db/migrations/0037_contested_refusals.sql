CREATE TYPE "public"."contest_answer" AS ENUM('rule_applies', 'used_before', 'not_recognised', 'platform_was_up', 'payment_refused');--> statement-breakpoint
CREATE TYPE "public"."contest_reason" AS ENUM('platform_down', 'rule_is_wrong', 'not_used_before', 'paper_is_good');--> statement-breakpoint
CREATE TYPE "public"."contest_state" AS ENUM('open', 'upheld', 'scan_again', 'payment_proposed', 'paid');--> statement-breakpoint
CREATE TABLE "contests" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"answer_mac" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"venue_id" uuid NOT NULL,
	"service_code" text NOT NULL,
	"day" date NOT NULL,
	"refusal" "refusal_reason" NOT NULL,
	"reason" "contest_reason" NOT NULL,
	"asked_on" date NOT NULL,
	"state" "contest_state" DEFAULT 'open' NOT NULL,
	"answer" "contest_answer",
	"order_id" uuid,
	"decided_by" uuid,
	"decided_on" date,
	CONSTRAINT "contests_answerMac_unique" UNIQUE("answer_mac"),
	CONSTRAINT "a_refusal_that_stays_says_why" CHECK (("contests"."state" = 'upheld') = ("contests"."answer" is not null)),
	CONSTRAINT "a_contest_is_open_or_decided" CHECK (("contests"."state" = 'open') = ("contests"."decided_on" is null)),
	CONSTRAINT "money_follows_an_order" CHECK (("contests"."order_id" is not null) or "contests"."state" not in ('payment_proposed', 'paid'))
);
--> statement-breakpoint
CREATE TABLE "retold_scans" (
	"venue_id" uuid NOT NULL,
	"day" date NOT NULL,
	"accepted" integer NOT NULL,
	"refused" integer NOT NULL,
	CONSTRAINT "retold_scans_venue_id_day_pk" PRIMARY KEY("venue_id","day"),
	CONSTRAINT "no_fewer_than_none" CHECK ("retold_scans"."accepted" >= 0)
);
--> statement-breakpoint
ALTER TABLE "contests" ADD CONSTRAINT "contests_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contests" ADD CONSTRAINT "contests_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contests" ADD CONSTRAINT "contests_order_id_money_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."money_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contests" ADD CONSTRAINT "contests_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retold_scans" ADD CONSTRAINT "retold_scans_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contests_by_organisation" ON "contests" USING btree ("organisation_id");--> statement-breakpoint
grant select, insert, update, delete on contests, retold_scans to carnet_app, carnet_jobs;--> statement-breakpoint
select guard('contests', p_seen => 'organisation_id = (select own_organisation())',
  p_added => $$organisation_id = (select own_organisation()) and state = 'open'$$);--> statement-breakpoint
select guard('retold_scans', p_seen => 'venue_id in (select v.id from venues v where v.organisation_id = (select own_organisation()))',
  p_written => 'venue_id in (select v.id from venues v where v.organisation_id = (select own_organisation()))');
