-- What a prescriber counted on a day tells how many books it had handed out by then: that is its own, and the coordination's.
select guard('stock_counts',
  p_seen => 'prescriber_id = (select own_prescriber()) or prescriber_id is null and campaign_id = any ((select funded_campaigns())::uuid[])',
  p_written => 'prescriber_id = (select own_prescriber())');
