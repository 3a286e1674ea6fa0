CREATE TYPE "public"."cell_status" AS ENUM('published', 'rounded', 'secret');--> statement-breakpoint
CREATE TYPE "public"."release_table" AS ENUM('R1_department_service_month', 'R2_epci_month', 'R3_venue_theme_quarter', 'R4_campaign_theme_quarter', 'R5_commune_year');--> statement-breakpoint
CREATE TABLE "release_cells" (
	"release_id" uuid NOT NULL,
	"table" "release_table" NOT NULL,
	"place" text NOT NULL,
	"subject" text NOT NULL,
	"span" text NOT NULL,
	"status" "cell_status" NOT NULL,
	"value" integer,
	CONSTRAINT "release_cells_release_id_table_place_subject_span_pk" PRIMARY KEY("release_id","table","place","subject","span"),
	CONSTRAINT "a_secret_cell_has_no_value" CHECK (("release_cells"."status" = 'secret') = ("release_cells"."value" is null))
);
--> statement-breakpoint
CREATE TABLE "release_revisions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"release_id" uuid NOT NULL,
	"note" text NOT NULL,
	"revised_on" date NOT NULL,
	CONSTRAINT "a_revision_is_noted_once_a_day" UNIQUE("release_id","revised_on")
);
--> statement-breakpoint
CREATE TABLE "releases" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"month" date NOT NULL,
	"frozen_on" date NOT NULL,
	"sha256" "bytea" NOT NULL,
	CONSTRAINT "releases_month_unique" UNIQUE("month")
);
--> statement-breakpoint
CREATE TABLE "whitelist_counts" (
	"table" "release_table" NOT NULL,
	"place" text NOT NULL,
	"subject" text NOT NULL,
	"span" text NOT NULL,
	"redemptions" integer NOT NULL,
	"cell_key" bigint NOT NULL,
	CONSTRAINT "whitelist_counts_table_place_subject_span_pk" PRIMARY KEY("table","place","subject","span"),
	CONSTRAINT "a_count_is_not_negative" CHECK ("whitelist_counts"."redemptions" >= 0),
	CONSTRAINT "a_cell_key_has_32_bits" CHECK ("whitelist_counts"."cell_key" between 0 and 4294967295)
);
--> statement-breakpoint
ALTER TABLE "release_cells" ADD CONSTRAINT "release_cells_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release_revisions" ADD CONSTRAINT "release_revisions_release_id_releases_id_fk" FOREIGN KEY ("release_id") REFERENCES "public"."releases"("id") ON DELETE no action ON UPDATE no action;