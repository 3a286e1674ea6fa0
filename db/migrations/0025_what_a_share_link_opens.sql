-- Whoever has the secret of a link learns for whom it is and of which campaigns it tells, and nothing else of the funder.
create function open_share_link(p_token_hash bytea, p_today date)
  returns table (id uuid, funder_id uuid, funder text, label text, created_on date, expires_on date, campaign_ids uuid[])
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.id, s.funder_id, f.name, s.label, s.created_on, s.expires_on,
         coalesce((select array_agg(c.id order by c.name) from campaign_funders p join campaigns c on c.id = p.campaign_id
                    where p.funder_id = s.funder_id and c.opened_on is not null), '{}')
    from share_links s join funders f on f.id = s.funder_id
   where s.token_hash = p_token_hash and s.revoked_on is null and p_today between s.created_on and s.expires_on
$$;
--> statement-breakpoint
revoke all on function open_share_link from public;
--> statement-breakpoint
grant execute on function open_share_link to carnet_app;
