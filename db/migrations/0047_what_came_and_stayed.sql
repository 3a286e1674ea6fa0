-- A move that was taken back brought nothing: whom it was meant for sees no more of the campaign, its boxes and its stop orders.
create or replace function own_campaigns() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(c.id), '{}') from campaigns c
   where case when own_funder() is not null
                then exists (select from campaign_funders f where f.campaign_id = c.id and f.funder_id = own_funder())
              when own_prescriber() is not null
                then exists (select from boxes b where b.campaign_id = c.id and b.prescriber_id = own_prescriber())
                  or exists (select from stock_moves m where m.campaign_id = c.id
                    and m.to_prescriber_id = own_prescriber() and m.cancelled_on is null)
              else own_organisation() is not null and c.state <> 'draft' end
$$;
--> statement-breakpoint
select guard('boxes',
  p_seen => $$prescriber_id = (select own_prescriber()) or campaign_id = any ((select funded_campaigns())::uuid[])
    or (select own_prescriber()) is not null and exists (
      select from stock_moves m where m.campaign_id = boxes.campaign_id and m.to_prescriber_id = (select own_prescriber())
         and m.cancelled_on is null and m.first_cover <= boxes.last_cover and m.last_cover >= boxes.first_cover)$$,
  p_written => 'prescriber_id = (select own_prescriber())', p_added => 'false');
--> statement-breakpoint

-- Some of these covers came to the prescriber that asks, and had not all left it again, acknowledged, by that day.
create function came_to_own_prescriber(p_campaign uuid, p_first integer, p_last integer, p_on date) returns boolean
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from (
      select null::date as received_on from boxes b where b.campaign_id = p_campaign and b.prescriber_id = own_prescriber()
         and b.first_cover <= p_last and b.last_cover >= p_first
      union all
      select m.received_on from stock_moves m where m.campaign_id = p_campaign and m.to_prescriber_id = own_prescriber()
         and m.cancelled_on is null and m.first_cover <= p_last and m.last_cover >= p_first) came
     where not exists (
      select from stock_moves away where away.campaign_id = p_campaign and away.from_prescriber_id = own_prescriber()
         and away.first_cover <= p_first and away.last_cover >= p_last and away.received_on <= p_on
         and (came.received_on is null or away.declared_on > came.received_on)))
$$;
--> statement-breakpoint
revoke all on function came_to_own_prescriber from public;
--> statement-breakpoint
grant execute on function came_to_own_prescriber to carnet_app, carnet_jobs;
--> statement-breakpoint
select guard('stop_orders',
  p_seen => $$campaign_id = any ((select funded_campaigns())::uuid[])
    or (select own_prescriber()) is not null and came_to_own_prescriber(campaign_id, first_cover, last_cover, ordered_on)$$,
  p_added => $$(select own_prescriber()) is not null and came_to_own_prescriber(campaign_id, first_cover, last_cover, ordered_on)$$);
