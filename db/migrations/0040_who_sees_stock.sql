grant select, insert, update on delivery_gaps, stock_moves, stock_counts, book_requests to carnet_app, carnet_jobs;
--> statement-breakpoint

-- Books that were sent on from the stock lie with their new prescriber, whoever the box went to.
create or replace function own_campaigns() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(c.id), '{}') from campaigns c
   where case when own_funder() is not null
                then exists (select from campaign_funders f where f.campaign_id = c.id and f.funder_id = own_funder())
              when own_prescriber() is not null
                then exists (select from boxes b where b.campaign_id = c.id and b.prescriber_id = own_prescriber())
                  or exists (select from stock_moves m where m.campaign_id = c.id and m.to_prescriber_id = own_prescriber())
              else own_organisation() is not null and c.state <> 'draft' end
$$;
--> statement-breakpoint
select guard('stock_moves',
  p_seen => '(select own_prescriber()) in (from_prescriber_id, to_prescriber_id) or campaign_id = any ((select funded_campaigns())::uuid[])',
  p_written => '(select own_prescriber()) in (from_prescriber_id, to_prescriber_id)',
  p_added => 'from_prescriber_id = (select own_prescriber())');
--> statement-breakpoint
select guard('boxes',
  p_seen => $$prescriber_id = (select own_prescriber()) or campaign_id = any ((select funded_campaigns())::uuid[])
    or (select own_prescriber()) is not null and exists (
      select from stock_moves m where m.campaign_id = boxes.campaign_id and m.to_prescriber_id = (select own_prescriber())
         and m.first_cover <= boxes.last_cover and m.last_cover >= boxes.first_cover)$$,
  p_written => 'prescriber_id = (select own_prescriber())', p_added => 'false');
--> statement-breakpoint
select guard('books', p_seen => 'box_id in (select b.id from boxes b) or is_blocked and (select acting_as()) = ''device'' and campaign_id = any ((select own_campaigns())::uuid[])',
  p_written => '(select own_prescriber()) is not null and box_id in (select b.id from boxes b)', p_added => 'false');
--> statement-breakpoint
select guard('stop_orders',
  p_seen => $$campaign_id = any ((select funded_campaigns())::uuid[]) or (select own_prescriber()) is not null and exists (
    select from boxes b where b.campaign_id = stop_orders.campaign_id and b.prescriber_id = (select own_prescriber())
       and b.first_cover <= stop_orders.last_cover and b.last_cover >= stop_orders.first_cover
    union all
    select from stock_moves m where m.campaign_id = stop_orders.campaign_id and m.to_prescriber_id = (select own_prescriber())
       and m.first_cover <= stop_orders.last_cover and m.last_cover >= stop_orders.first_cover)$$,
  p_added => $$(select own_prescriber()) is not null and exists (
    select from boxes b where b.campaign_id = stop_orders.campaign_id and b.prescriber_id = (select own_prescriber())
       and b.first_cover <= stop_orders.last_cover and b.last_cover >= stop_orders.first_cover
    union all
    select from stock_moves m where m.campaign_id = stop_orders.campaign_id and m.to_prescriber_id = (select own_prescriber())
       and m.first_cover <= stop_orders.last_cover and m.last_cover >= stop_orders.first_cover)$$);
--> statement-breakpoint
select guard('delivery_gaps', p_seen => 'box_id in (select b.id from boxes b)',
  p_written => 'box_id in (select b.id from boxes b where b.prescriber_id = (select own_prescriber()))');
--> statement-breakpoint
select guard('stock_counts', p_seen => 'prescriber_id = (select own_prescriber()) or campaign_id = any ((select funded_campaigns())::uuid[])',
  p_written => 'prescriber_id = (select own_prescriber())');
--> statement-breakpoint
select guard('book_requests', p_seen => 'prescriber_id = (select own_prescriber())', p_written => 'prescriber_id = (select own_prescriber())');
