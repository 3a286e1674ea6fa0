CREATE TABLE "logos" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"funder_id" uuid,
	"png" "bytea" NOT NULL,
	"width" smallint NOT NULL,
	"height" smallint NOT NULL,
	"is_current" boolean DEFAULT true NOT NULL,
	"added_on" date NOT NULL,
	CONSTRAINT "a_logo_is_small" CHECK (octet_length("logos"."png") <= 2000000)
);
--> statement-breakpoint
ALTER TABLE "print_runs" ADD COLUMN "face" jsonb;--> statement-breakpoint
ALTER TABLE "logos" ADD CONSTRAINT "logos_funder_id_funders_id_fk" FOREIGN KEY ("funder_id") REFERENCES "public"."funders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "a_funder_has_one_current_logo" ON "logos" USING btree (coalesce("funder_id", '00000000-0000-0000-0000-000000000000')) WHERE "logos"."is_current";--> statement-breakpoint
grant select, insert, update on logos to carnet_app, carnet_jobs;--> statement-breakpoint
-- They stand on paper that anybody may hold.
select guard('logos', p_seen => 'true');
