import { isToldWeekly } from '../../statistics/campaign-figures.ts'
import type { PageProps } from '../page-props.tsx'
import type { CampaignFacts } from './campaign-facts.ts'

type Told = { campaign: Pick<CampaignFacts['campaign'], 'budgetedBooks'>; on: string }

/** Of which evening the figures are, and that a small campaign is told once a week. */
export const asOfText = ({ t, formats }: Pick<PageProps, 't' | 'formats'>, { campaign, on }: Told): string =>
  t(isToldWeekly(campaign.budgetedBooks) ? 'funder.as_of.weekly' : 'funder.as_of', { day: formats.day(on) })
