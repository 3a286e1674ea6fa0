ALTER TABLE "bank_files" ADD COLUMN "number" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "bank_files" ADD CONSTRAINT "bank_files_number_unique" UNIQUE("number");