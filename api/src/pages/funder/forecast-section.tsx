import { methodOf } from '../../statistics/indicators.ts'
import { Figures } from '../components/figures.tsx'
import { Section } from '../components/page-head.tsx'
import { counted } from '../components/sentences.tsx'
import type { CampaignProps } from './campaign-sections.tsx'

/** Where the campaign goes if nothing changes, always as a range, and what could still be done about it. */
export function ForecastSection(props: CampaignProps) {
  const { t, formats, facts } = props
  const { forecast, campaign, held, phase } = facts
  if (phase.phase !== 'running' && phase.phase !== 'grace') return null
  if (forecast === null)
    return (
      <Section title={t('forecast.title')} id="forecast">
        <p class="soft">{t('forecast.early')}</p>
      </Section>
    )
  const euros = (vouchers: number) => formats.wholeEuros(vouchers * campaign.faceValueCents)
  const { used, unused } = forecast
  const between = (least: number, most: number) => t('forecast.between', { least: euros(least), most: euros(most) })
  return (
    <Section
      title={t('forecast.title')}
      says={t('forecast.says', { months: formats.number(forecast.months) })}
      id="forecast"
    >
      <div class="stack">
        <Figures
          items={[
            {
              label: t('forecast.used', { day: formats.day(used.on) }),
              value: euros(used.median),
              of: between(...used.outer),
              method: methodOf('forecast_used'),
            },
            {
              label: t('forecast.unused'),
              value: euros(unused.median),
              of: between(unused.least, unused.most),
              method: methodOf('forecast_unused'),
            },
            {
              label: t('funder.stock'),
              value: formats.wholeEuros(held.inStockCents),
              of: t('funder.of.books', counted(props, facts.waitingBooks)),
              href: '#stock',
              method: methodOf('in_stock'),
            },
          ]}
        />
        <ul class="plain-list">
          {actsOf(props).map(({ says, href, does }) => (
            <li>
              {says} <a href={href}>{does}</a>
            </li>
          ))}
        </ul>
      </div>
    </Section>
  )
}

/** What could be done while there is time: move what sleeps, or give more time. */
function actsOf(props: CampaignProps): { says: string; href: string; does: string }[] {
  const { t, formats, facts, base } = props
  const { forecast, asleep, campaign, phase } = facts
  if (phase.phase !== 'running' || forecast === null) return []
  const { usedUpIn } = forecast
  return [
    ...asleep.map(({ prescriber, active, lastMonth }) => ({
      says: t(lastMonth ? 'forecast.asleep' : 'forecast.never', {
        ...counted(props, active),
        prescriber: prescriber ?? '',
        ...(lastMonth ? { month: formats.month(lastMonth) } : {}),
      }),
      href: '/stock',
      does: t('forecast.move'),
    })),
    ...(usedUpIn !== null && usedUpIn > campaign.endsOn
      ? [
          {
            says: t('forecast.longer', { month: formats.month(usedUpIn), day: formats.day(campaign.endsOn) }),
            href: `${base}/accords#avenants`,
            does: t('forecast.extend'),
          },
        ]
      : []),
  ]
}
