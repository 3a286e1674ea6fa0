CREATE TYPE "public"."funder_kind" AS ENUM('state', 'region', 'department', 'epci', 'commune', 'ccas', 'caf', 'company', 'other');--> statement-breakpoint
CREATE TYPE "public"."campaign_state" AS ENUM('draft', 'agreed', 'open', 'ending', 'uploads_closed', 'closed');--> statement-breakpoint
CREATE TYPE "public"."territory_kind" AS ENUM('commune', 'epci', 'department', 'region');--> statement-breakpoint
CREATE TABLE "funders" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"kind" "funder_kind" NOT NULL,
	"siret" text,
	"contact_email" text,
	"created_on" date NOT NULL,
	CONSTRAINT "funders_name_unique" UNIQUE("name"),
	CONSTRAINT "funders_siret_unique" UNIQUE("siret")
);
--> statement-breakpoint
CREATE TABLE "campaign_decisions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"campaign_id" uuid NOT NULL,
	"body" text NOT NULL,
	"author_id" uuid NOT NULL,
	"decided_on" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaign_funders" (
	"campaign_id" uuid NOT NULL,
	"funder_id" uuid NOT NULL,
	"part_cents" integer NOT NULL,
	"signed_by" uuid,
	"signed_on" date,
	CONSTRAINT "campaign_funders_campaign_id_funder_id_pk" PRIMARY KEY("campaign_id","funder_id"),
	CONSTRAINT "a_part_is_positive" CHECK ("campaign_funders"."part_cents" > 0)
);
--> statement-breakpoint
CREATE TABLE "campaign_services" (
	"campaign_id" uuid NOT NULL,
	"service_code" text NOT NULL,
	CONSTRAINT "campaign_services_campaign_id_service_code_pk" PRIMARY KEY("campaign_id","service_code")
);
--> statement-breakpoint
CREATE TABLE "campaign_targets" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"campaign_id" uuid NOT NULL,
	"indicator" text NOT NULL,
	"target" integer NOT NULL,
	"due_on" date NOT NULL,
	"responsible" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaign_territories" (
	"campaign_id" uuid NOT NULL,
	"kind" "territory_kind" NOT NULL,
	"code" text NOT NULL,
	CONSTRAINT "campaign_territories_campaign_id_kind_code_pk" PRIMARY KEY("campaign_id","kind","code")
);
--> statement-breakpoint
CREATE TABLE "campaign_venues" (
	"campaign_id" uuid NOT NULL,
	"venue_id" uuid NOT NULL,
	CONSTRAINT "campaign_venues_campaign_id_venue_id_pk" PRIMARY KEY("campaign_id","venue_id")
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" integer NOT NULL,
	"name" text NOT NULL,
	"state" "campaign_state" DEFAULT 'draft' NOT NULL,
	"paying_account_id" uuid NOT NULL,
	"face_value_cents" integer NOT NULL,
	"book_size" integer NOT NULL,
	"budgeted_books" integer NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"grace_days" integer DEFAULT 31 NOT NULL,
	"pays_all_services" boolean DEFAULT true NOT NULL,
	"accepts_all_venues" boolean DEFAULT true NOT NULL,
	"has_territory" boolean DEFAULT false NOT NULL,
	"target_public" text NOT NULL,
	"objectives" text NOT NULL,
	"opened_on" date,
	"uploads_closed_on" date,
	"closed_on" date,
	CONSTRAINT "campaigns_number_unique" UNIQUE("number"),
	CONSTRAINT "campaigns_name_unique" UNIQUE("name"),
	CONSTRAINT "a_campaign_number_starts_at_1" CHECK ("campaigns"."number" > 0),
	CONSTRAINT "a_campaign_number_fits_24_bits" CHECK ("campaigns"."number" < 16777216),
	CONSTRAINT "a_face_value_is_whole_euros_up_to_255" CHECK ("campaigns"."face_value_cents" between 100 and 25500 and "campaigns"."face_value_cents" % 100 = 0),
	CONSTRAINT "a_book_holds_1_to_50_vouchers" CHECK ("campaigns"."book_size" between 1 and 50),
	CONSTRAINT "a_campaign_has_at_least_50_books" CHECK ("campaigns"."budgeted_books" >= 50),
	CONSTRAINT "a_campaign_ends_after_it_starts" CHECK ("campaigns"."ends_on" >= "campaigns"."starts_on"),
	CONSTRAINT "grace_is_0_to_92_days" CHECK ("campaigns"."grace_days" between 0 and 92)
);
--> statement-breakpoint
CREATE TABLE "context_notes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"campaign_id" uuid NOT NULL,
	"body" text NOT NULL,
	"author_id" uuid NOT NULL,
	"written_on" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fundings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"campaign_id" uuid NOT NULL,
	"funder_id" uuid NOT NULL,
	"amount_cents" integer NOT NULL,
	"reference" text NOT NULL,
	"proof" text NOT NULL,
	"received_on" date NOT NULL,
	"recorded_by" uuid,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "fundings_reference_unique" UNIQUE("reference"),
	CONSTRAINT "a_funding_is_positive" CHECK ("fundings"."amount_cents" > 0)
);
--> statement-breakpoint
CREATE TABLE "paying_accounts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"iban" text NOT NULL,
	"bic" text NOT NULL,
	"holder_name" text NOT NULL,
	CONSTRAINT "paying_accounts_name_unique" UNIQUE("name"),
	CONSTRAINT "paying_accounts_iban_unique" UNIQUE("iban")
);
--> statement-breakpoint
ALTER TABLE "campaign_decisions" ADD CONSTRAINT "campaign_decisions_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_decisions" ADD CONSTRAINT "campaign_decisions_author_id_people_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_funders" ADD CONSTRAINT "campaign_funders_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_funders" ADD CONSTRAINT "campaign_funders_funder_id_funders_id_fk" FOREIGN KEY ("funder_id") REFERENCES "public"."funders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_funders" ADD CONSTRAINT "campaign_funders_signed_by_people_id_fk" FOREIGN KEY ("signed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_services" ADD CONSTRAINT "campaign_services_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_services" ADD CONSTRAINT "campaign_services_service_code_services_code_fk" FOREIGN KEY ("service_code") REFERENCES "public"."services"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_targets" ADD CONSTRAINT "campaign_targets_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_territories" ADD CONSTRAINT "campaign_territories_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_venues" ADD CONSTRAINT "campaign_venues_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_venues" ADD CONSTRAINT "campaign_venues_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_paying_account_id_paying_accounts_id_fk" FOREIGN KEY ("paying_account_id") REFERENCES "public"."paying_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "context_notes" ADD CONSTRAINT "context_notes_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "context_notes" ADD CONSTRAINT "context_notes_author_id_people_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fundings" ADD CONSTRAINT "fundings_recorded_by_people_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fundings" ADD CONSTRAINT "only_a_funder_of_the_campaign_funds_it" FOREIGN KEY ("campaign_id","funder_id") REFERENCES "public"."campaign_funders"("campaign_id","funder_id") ON DELETE no action ON UPDATE no action;