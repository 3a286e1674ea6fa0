CREATE TYPE "public"."bank_account_state" AS ENUM('submitted', 'verified', 'superseded', 'rejected');--> statement-breakpoint
CREATE TYPE "public"."qualification_state" AS ENUM('applied', 'under_review', 'qualified', 'suspended', 'disqualified');--> statement-breakpoint
CREATE TYPE "public"."vat_status" AS ENUM('unknown', 'exempt', 'franchise', 'subject');--> statement-breakpoint
CREATE TABLE "bank_accounts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organisation_id" uuid NOT NULL,
	"iban" text NOT NULL,
	"bic" text NOT NULL,
	"holder_name" text NOT NULL,
	"state" "bank_account_state" DEFAULT 'submitted' NOT NULL,
	"submitted_by" uuid,
	"submitted_at" timestamp with time zone NOT NULL,
	"verified_by" uuid,
	"valid_from" date,
	"valid_until" date,
	CONSTRAINT "two_people_verify_an_account" CHECK ("bank_accounts"."verified_by" is distinct from "bank_accounts"."submitted_by" or "bank_accounts"."verified_by" is null),
	CONSTRAINT "a_verified_account_has_a_first_day" CHECK ("bank_accounts"."state" <> 'verified' or "bank_accounts"."valid_from" is not null)
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"legal_name" text NOT NULL,
	"siret" text,
	"vat_status" "vat_status" DEFAULT 'unknown' NOT NULL,
	"created_on" date NOT NULL,
	CONSTRAINT "organisations_siret_unique" UNIQUE("siret"),
	CONSTRAINT "a_siret_is_14_digits" CHECK ("organisations"."siret" ~ '^[0-9]{14}$' and "organisations"."siret" <> repeat('0', 14))
);
--> statement-breakpoint
CREATE TABLE "venue_qualifications" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"venue_id" uuid NOT NULL,
	"state" "qualification_state" NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date,
	"decided_by" uuid,
	CONSTRAINT "a_qualification_ends_after_it_starts" CHECK ("venue_qualifications"."valid_until" >= "venue_qualifications"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "venue_services" (
	"venue_id" uuid NOT NULL,
	"service_code" text NOT NULL,
	CONSTRAINT "venue_services_venue_id_service_code_pk" PRIMARY KEY("venue_id","service_code")
);
--> statement-breakpoint
CREATE TABLE "venues" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organisation_id" uuid NOT NULL,
	"standard_id" text NOT NULL,
	"name" text NOT NULL,
	"commune_code" text NOT NULL,
	"postal_code" text NOT NULL,
	"address" text NOT NULL,
	"latitude" double precision,
	"longitude" double precision,
	"opening_hours" text,
	"offers_all_services" boolean DEFAULT true NOT NULL,
	"standard_row" jsonb NOT NULL,
	"updated_on" date NOT NULL,
	CONSTRAINT "venues_standardId_unique" UNIQUE("standard_id")
);
--> statement-breakpoint
ALTER TABLE "bank_accounts" ADD CONSTRAINT "bank_accounts_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_accounts" ADD CONSTRAINT "bank_accounts_submitted_by_people_id_fk" FOREIGN KEY ("submitted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_accounts" ADD CONSTRAINT "bank_accounts_verified_by_people_id_fk" FOREIGN KEY ("verified_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "venue_qualifications" ADD CONSTRAINT "venue_qualifications_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "venue_qualifications" ADD CONSTRAINT "venue_qualifications_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "venue_services" ADD CONSTRAINT "venue_services_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "venue_services" ADD CONSTRAINT "venue_services_service_code_services_code_fk" FOREIGN KEY ("service_code") REFERENCES "public"."services"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "venues" ADD CONSTRAINT "venues_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "venues" ADD CONSTRAINT "venues_commune_code_communes_code_fk" FOREIGN KEY ("commune_code") REFERENCES "public"."communes"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "one_current_qualification_per_venue" ON "venue_qualifications" USING btree ("venue_id") WHERE "venue_qualifications"."valid_until" is null;--> statement-breakpoint
CREATE INDEX "venues_by_organisation" ON "venues" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "venues_by_commune" ON "venues" USING btree ("commune_code");