-- A phone reads of books only which are blocked, and a membership is seen by members of its own kind of tenant.
select guard('books', p_seen => 'box_id in (select b.id from boxes b) or is_blocked and (select acting_as()) = ''device'' and campaign_id = any ((select own_campaigns())::uuid[])',
  p_written => 'box_id in (select b.id from boxes b where b.prescriber_id = (select own_prescriber()))', p_added => 'false');
--> statement-breakpoint
alter policy seen on memberships using ((select sees_scheme()) or person_id = (select own_person())
  or tenant_id = (select own_tenant()) and role::text = (select acting_as()) or tenant_id is null and (select own_person()) is not null or (select is_at_gate()));
