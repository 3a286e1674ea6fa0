import type { CampaignState } from '../../campaigns/campaign.ts'
import type { Campaign } from '../../campaigns/queries.ts'
import { Tag, type Tone } from '../components/states.tsx'
import type { PageProps } from '../page-props.tsx'

const tones: Record<CampaignState, Tone> = {
  draft: 'plain',
  agreed: 'plain',
  open: 'run',
  ending: 'hold',
  uploads_closed: 'hold',
  closed: 'done',
}

type Stands = Pick<Campaign, 'state' | 'openedOn'>

/** Where a campaign stands. One that was closed without ever being open was cancelled. */
export const standingOf = ({ state, openedOn }: Stands) =>
  state === 'closed' && openedOn === null ? 'cancelled' : state

export function CampaignTag({ campaign, t }: Pick<PageProps, 't'> & { campaign: Stands }) {
  const standing = standingOf(campaign)
  return <Tag tone={standing === 'cancelled' ? 'plain' : tones[standing]}>{t(`campaign.${standing}`)}</Tag>
}
