ALTER TABLE "leftover_declarations" ADD COLUMN "ends_on" date;--> statement-breakpoint
-- What was declared before the last fifteen days was declared towards an earlier last day.
update leftover_declarations l set ends_on = least(c.ends_on, l.declared_on + 15) from campaigns c where c.id = l.campaign_id;--> statement-breakpoint
ALTER TABLE "leftover_declarations" ALTER COLUMN "ends_on" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "leftover_declarations" DROP CONSTRAINT "leftover_declarations_campaign_id_prescriber_id_pk";--> statement-breakpoint
ALTER TABLE "leftover_declarations" ADD CONSTRAINT "leftover_declarations_campaign_id_prescriber_id_ends_on_pk" PRIMARY KEY("campaign_id","prescriber_id","ends_on");
