CREATE TYPE "public"."application_state" AS ENUM('unconfirmed', 'waiting', 'accepted', 'refused', 'forgotten');--> statement-breakpoint
CREATE TYPE "public"."invitation_state" AS ENUM('open', 'accepted', 'withdrawn');--> statement-breakpoint
CREATE TABLE "venue_applications" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"state" "application_state" DEFAULT 'unconfirmed' NOT NULL,
	"siret" text NOT NULL,
	"legal_name" text NOT NULL,
	"venue_name" text NOT NULL,
	"address" text NOT NULL,
	"postal_code" text NOT NULL,
	"commune_code" text NOT NULL,
	"contact_name" text,
	"contact_email" text,
	"themes" text[],
	"opening_hours" text,
	"labels" text[] NOT NULL,
	"language" "language" NOT NULL,
	"follow_hash" "bytea" NOT NULL,
	"code_hash" "bytea",
	"code_expires_at" timestamp with time zone,
	"code_tries" integer DEFAULT 0 NOT NULL,
	"submitted_on" date NOT NULL,
	"confirmed_on" date,
	"decided_on" date,
	"decided_by" uuid,
	"reason" text,
	"organisation_id" uuid,
	"venue_id" uuid,
	CONSTRAINT "venue_applications_followHash_unique" UNIQUE("follow_hash"),
	CONSTRAINT "an_applying_siret_is_14_digits" CHECK ("venue_applications"."siret" ~ '^[0-9]{14}$'),
	CONSTRAINT "an_accepted_application_has_its_venue" CHECK ("venue_applications"."state" <> 'accepted' or ("venue_applications"."organisation_id" is not null and "venue_applications"."venue_id" is not null)),
	CONSTRAINT "a_refusal_has_a_reason" CHECK ("venue_applications"."state" <> 'refused' or "venue_applications"."reason" is not null),
	CONSTRAINT "a_forgotten_application_knows_no_person" CHECK ("venue_applications"."state" <> 'forgotten' or ("venue_applications"."contact_name" is null and "venue_applications"."contact_email" is null))
);
--> statement-breakpoint
CREATE TABLE "device_handouts" (
	"device_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"month" date NOT NULL,
	"books" integer NOT NULL,
	"seq" integer NOT NULL,
	CONSTRAINT "device_handouts_device_id_campaign_id_month_pk" PRIMARY KEY("device_id","campaign_id","month"),
	CONSTRAINT "a_phone_counts_no_fewer_than_none" CHECK ("device_handouts"."books" >= 0),
	CONSTRAINT "a_phone_counts_by_month" CHECK (extract(day from "device_handouts"."month") = 1)
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" "role" NOT NULL,
	"tenant_id" uuid,
	"valid_until" date,
	"language" "language" NOT NULL,
	"state" "invitation_state" DEFAULT 'open' NOT NULL,
	"invited_by" uuid,
	"invited_on" date NOT NULL,
	"sent_on" date NOT NULL,
	"expires_on" date NOT NULL,
	"decided_on" date,
	CONSTRAINT "an_invited_email_is_lower_case" CHECK ("invitations"."email" = lower("invitations"."email")),
	CONSTRAINT "only_tenants_invite_for_a_tenant" CHECK (("invitations"."role" in ('funder', 'venue_manager', 'prescriber')) = ("invitations"."tenant_id" is not null))
);
--> statement-breakpoint
ALTER TABLE "devices" ALTER COLUMN "organisation_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "enrolment_tokens" ALTER COLUMN "organisation_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "since_on" date;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "ended_on" date;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "ended_by" uuid;--> statement-breakpoint
ALTER TABLE "devices" ADD COLUMN "prescriber_id" uuid;--> statement-breakpoint
ALTER TABLE "enrolment_tokens" ADD COLUMN "prescriber_id" uuid;--> statement-breakpoint
ALTER TABLE "venue_applications" ADD CONSTRAINT "venue_applications_commune_code_communes_code_fk" FOREIGN KEY ("commune_code") REFERENCES "public"."communes"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "venue_applications" ADD CONSTRAINT "venue_applications_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "venue_applications" ADD CONSTRAINT "venue_applications_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "venue_applications" ADD CONSTRAINT "venue_applications_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_handouts" ADD CONSTRAINT "device_handouts_device_id_devices_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."devices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_handouts" ADD CONSTRAINT "device_handouts_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_people_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_invitation_for_a_role" ON "invitations" USING btree ("email","role",coalesce("tenant_id", '00000000-0000-0000-0000-000000000000')) WHERE "invitations"."state" = 'open';--> statement-breakpoint
CREATE INDEX "invitations_by_tenant" ON "invitations" USING btree ("tenant_id");--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_ended_by_people_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_prescriber_id_prescribers_id_fk" FOREIGN KEY ("prescriber_id") REFERENCES "public"."prescribers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment_tokens" ADD CONSTRAINT "enrolment_tokens_prescriber_id_prescribers_id_fk" FOREIGN KEY ("prescriber_id") REFERENCES "public"."prescribers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "devices_by_prescriber" ON "devices" USING btree ("prescriber_id");--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "a_phone_is_of_one_tenant" CHECK (num_nonnulls("devices"."organisation_id", "devices"."prescriber_id") = 1 and ("devices"."venue_id" is null or "devices"."organisation_id" is not null));--> statement-breakpoint
ALTER TABLE "enrolment_tokens" ADD CONSTRAINT "a_token_is_of_one_tenant" CHECK (num_nonnulls("enrolment_tokens"."organisation_id", "enrolment_tokens"."prescriber_id") = 1 and ("enrolment_tokens"."venue_id" is null or "enrolment_tokens"."organisation_id" is not null));
--> statement-breakpoint
grant select, insert, update, delete on invitations, venue_applications, device_handouts to carnet_app, carnet_jobs;
