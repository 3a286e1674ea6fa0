import { lastDays } from '../../campaigns/campaign.ts'
import type { Context } from '../../shared/context.ts'
import { type Day, isDay } from '../../shared/days.ts'
import { AppError } from '../../shared/errors.ts'
import { idOf } from '../../shared/http.ts'
import type { CampaignDates } from '../../statistics/campaign-course.ts'
import { type Figures, readFigures } from '../../statistics/read-figures.ts'

export type AsOf = Figures & { dates: CampaignDates; notKeptBefore: Day | null }

/**
 * The figures of a campaign on the evening that is asked for; of the newest one when that evening is no longer kept, with the
 * first that is. Throws `unauthenticated`, `forbidden`, `not_found`.
 */
export async function readAsOf(ctx: Context, id: string, asked: string | undefined): Promise<AsOf> {
  idOf(id, 'campaign')
  const day = asked !== undefined && isDay(asked) ? asked : undefined
  const datesOf = ({ startsOn, endsOn, graceDays }: Figures['campaign']) => ({
    startsOn,
    endsOn,
    ...lastDays({ endsOn, graceDays }),
  })
  try {
    const figures = await readFigures(ctx, id, day)
    return { ...figures, dates: datesOf(figures.campaign), notKeptBefore: null }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'figures_not_kept' || day === undefined) throw error
    const figures = await readFigures(ctx, id)
    return { ...figures, dates: datesOf(figures.campaign), notKeptBefore: String(error.facts?.firstDay) }
  }
}
