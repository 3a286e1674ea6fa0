ALTER TABLE "receipts" DROP CONSTRAINT "an_attributed_receipt_has_its_funder";--> statement-breakpoint
ALTER TABLE "receipts" ADD COLUMN "organisation_id" uuid;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;