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

/** Where a campaign stands. One that was closed without ever being open was cancelled. */
export const CampaignTag = ({
  campaign,
  t,
}: Pick<PageProps, 't'> & { campaign: Pick<Campaign, 'state' | 'openedOn'> }) =>
  campaign.state === 'closed' && campaign.openedOn === null ? (
    <Tag tone="plain">{t('campaign.cancelled')}</Tag>
  ) : (
    <Tag tone={tones[campaign.state]}>{t(`campaign.${campaign.state}`)}</Tag>
  )
