ALTER TABLE "payouts" DROP CONSTRAINT "payouts_second_by_people_id_fk";
--> statement-breakpoint
ALTER TABLE "payouts" DROP COLUMN "concerns";--> statement-breakpoint
ALTER TABLE "payouts" DROP COLUMN "second_by";--> statement-breakpoint
ALTER TABLE "payouts" DROP COLUMN "second_on";