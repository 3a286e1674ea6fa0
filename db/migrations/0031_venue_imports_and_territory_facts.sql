CREATE TYPE "public"."territory_fact_kind" AS ENUM('fragility', 'qpv', 'frr');--> statement-breakpoint
CREATE TYPE "public"."venue_import_state" AS ENUM('checked', 'running', 'applied', 'cancelled', 'failed');--> statement-breakpoint
CREATE TABLE "territory_facts" (
	"kind" "territory_fact_kind" NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"commune_codes" text[] NOT NULL,
	"facts" jsonb NOT NULL,
	"imported_on" date NOT NULL,
	CONSTRAINT "territory_facts_kind_code_pk" PRIMARY KEY("kind","code")
);
--> statement-breakpoint
CREATE TABLE "venue_imports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"file_name" text NOT NULL,
	"content" "bytea",
	"state" "venue_import_state" DEFAULT 'checked' NOT NULL,
	"decisions" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"report" jsonb NOT NULL,
	"rows_done" integer DEFAULT 0 NOT NULL,
	"failure" text,
	"added_by" uuid NOT NULL,
	"added_on" date NOT NULL,
	"touched_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "venue_other_ids" (
	"standard_id" text PRIMARY KEY NOT NULL,
	"venue_id" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "venue_imports" ADD CONSTRAINT "venue_imports_added_by_people_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "venue_other_ids" ADD CONSTRAINT "venue_other_ids_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
grant select, insert, update, delete on venue_imports, venue_other_ids, territory_facts to carnet_app, carnet_jobs;--> statement-breakpoint
select guard('venue_imports');--> statement-breakpoint
select guard('venue_other_ids');--> statement-breakpoint
select guard('territory_facts', p_seen => 'true');
