CREATE TYPE "public"."device_state" AS ENUM('active', 'revoked');--> statement-breakpoint
CREATE TABLE "device_days" (
	"device_id" uuid NOT NULL,
	"venue_id" uuid NOT NULL,
	"day" date NOT NULL,
	"unknown_codes" integer DEFAULT 0 NOT NULL,
	"checks" integer DEFAULT 0 NOT NULL,
	"typed_checks" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "device_days_device_id_venue_id_day_pk" PRIMARY KEY("device_id","venue_id","day"),
	CONSTRAINT "counts_are_not_negative" CHECK ("device_days"."unknown_codes" >= 0)
);
--> statement-breakpoint
CREATE TABLE "device_progress" (
	"device_id" uuid PRIMARY KEY NOT NULL,
	"acked_seq" integer NOT NULL,
	"gaps" integer[] NOT NULL,
	"pending" integer NOT NULL,
	"said_on" date NOT NULL,
	CONSTRAINT "at_most_200_gaps_are_kept" CHECK (cardinality("device_progress"."gaps") <= 200)
);
--> statement-breakpoint
CREATE TABLE "devices" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organisation_id" uuid NOT NULL,
	"venue_id" uuid,
	"label" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"public_key" jsonb,
	"state" "device_state" DEFAULT 'active' NOT NULL,
	"enrolled_on" date NOT NULL,
	"last_seen_on" date NOT NULL,
	"expires_on" date NOT NULL,
	CONSTRAINT "devices_tokenHash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "enrolment_tokens" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"venue_id" uuid,
	"created_by" uuid,
	"expires_at" timestamp with time zone NOT NULL,
	"used_on" date
);
--> statement-breakpoint
ALTER TABLE "device_days" ADD CONSTRAINT "device_days_device_id_devices_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."devices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_days" ADD CONSTRAINT "device_days_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_progress" ADD CONSTRAINT "device_progress_device_id_devices_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."devices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment_tokens" ADD CONSTRAINT "enrolment_tokens_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment_tokens" ADD CONSTRAINT "enrolment_tokens_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment_tokens" ADD CONSTRAINT "enrolment_tokens_created_by_people_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "device_days_by_venue" ON "device_days" USING btree ("venue_id","day");--> statement-breakpoint
CREATE INDEX "devices_by_organisation" ON "devices" USING btree ("organisation_id");