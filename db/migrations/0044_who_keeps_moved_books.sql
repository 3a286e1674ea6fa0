-- Whoever sees where books went knows by name who keeps them.
select guard('prescribers', p_seen => 'id = (select own_prescriber()) or id in (select b.prescriber_id from boxes b union all select h.prescriber_id from handouts h union all select m.to_prescriber_id from stock_moves m)',
  p_written => 'id = (select own_prescriber())', p_added => 'false');
--> statement-breakpoint
alter policy changed on prescribers with check ((select runs_scheme()));
