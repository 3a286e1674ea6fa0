CREATE TYPE "public"."catalogue_state" AS ENUM('draft', 'published', 'superseded');--> statement-breakpoint
CREATE TYPE "public"."service_level" AS ENUM('decouverte', 'autonomie', 'approfondissement');--> statement-breakpoint
CREATE TABLE "catalogue_services" (
	"version_id" uuid NOT NULL,
	"code" text NOT NULL,
	"theme_code" text NOT NULL,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"level" "service_level" NOT NULL,
	"national_service" text NOT NULL,
	"duration_minutes" integer NOT NULL,
	"provenance" text NOT NULL,
	"retired_on" date,
	"replaced_by" text,
	CONSTRAINT "catalogue_services_version_id_code_pk" PRIMARY KEY("version_id","code"),
	CONSTRAINT "a_title_is_used_once_in_a_version" UNIQUE("version_id","title"),
	CONSTRAINT "a_service_lasts_between_15_minutes_and_a_day" CHECK ("catalogue_services"."duration_minutes" between 15 and 480)
);
--> statement-breakpoint
CREATE TABLE "catalogue_themes" (
	"version_id" uuid NOT NULL,
	"code" text NOT NULL,
	"title" text NOT NULL,
	CONSTRAINT "catalogue_themes_version_id_code_pk" PRIMARY KEY("version_id","code")
);
--> statement-breakpoint
CREATE TABLE "catalogue_versions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" integer NOT NULL,
	"state" "catalogue_state" DEFAULT 'draft' NOT NULL,
	"published_from" date,
	"created_on" date NOT NULL,
	CONSTRAINT "catalogue_versions_number_unique" UNIQUE("number"),
	CONSTRAINT "catalogue_versions_publishedFrom_unique" UNIQUE("published_from"),
	CONSTRAINT "a_published_version_has_a_first_day" CHECK ("catalogue_versions"."state" = 'draft' or "catalogue_versions"."published_from" is not null)
);
--> statement-breakpoint
CREATE TABLE "services" (
	"code" text PRIMARY KEY NOT NULL,
	CONSTRAINT "a_service_code_is_a_letter_and_two_digits" CHECK ("services"."code" ~ '^[A-Z][0-9]{2}$')
);
--> statement-breakpoint
ALTER TABLE "catalogue_services" ADD CONSTRAINT "catalogue_services_version_id_catalogue_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."catalogue_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalogue_services" ADD CONSTRAINT "catalogue_services_code_services_code_fk" FOREIGN KEY ("code") REFERENCES "public"."services"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalogue_services" ADD CONSTRAINT "catalogue_services_replaced_by_services_code_fk" FOREIGN KEY ("replaced_by") REFERENCES "public"."services"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalogue_themes" ADD CONSTRAINT "catalogue_themes_version_id_catalogue_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."catalogue_versions"("id") ON DELETE no action ON UPDATE no action;