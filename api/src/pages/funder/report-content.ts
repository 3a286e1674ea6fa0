import { type Day, lastDayOfMonth } from '../../shared/days.ts'
import type { Fraction } from '../../statistics/campaign-figures.ts'
import type { IndicatorId } from '../../statistics/indicators.ts'
import { typeset } from '../components/sentences.tsx'
import type { PageProps } from '../page-props.tsx'
import { spanText } from '../span-text.ts'
import { asOfText } from './as-of-text.ts'
import type { CampaignFacts } from './campaign-facts.ts'
import { standingOf } from './campaign-tag.tsx'

/** `value` as people read it, `raw` as a spreadsheet counts it: euros, a ratio or a count. */
export type ReportLine = { name: string; value: string; raw: number | null; of: string; on: Day }
/** `note`: the word that goes with its figures. */
export type ReportPart = { title: string; says: string; lines: ReportLine[]; note?: Report['note'] }
export type Report = {
  title: string
  asOf: string
  note: { body: string; by: string } | null
  parts: ReportPart[]
  definitions: { name: string; formula: string; limits: string }[]
}
export type ReportProps = Pick<PageProps, 't' | 'formats' | 'locale'> & { facts: CampaignFacts }

/** What a campaign's report says, once for PDF and spreadsheet: the figures of its page, each with its day, and what they mean. */
export function reportOf(props: ReportProps): Report {
  const { t, formats, facts } = props
  const { campaign, steering } = facts
  const [newest] = steering.notes
  const note = newest ? { body: typeset(newest.body), by: `${newest.author}, ${formats.day(newest.on)}` } : null
  const { lines: money, ids: moneyIds } = moneyLines(props)
  const { lines: rates, ids: rateIds } = rateLines(props)
  const { lines: coming, ids: comingIds } = forecastLines(props)
  const parts: ReportPart[] = [
    { title: t('method.money'), says: '', lines: money },
    { title: t('method.rates'), says: t('method.rates.says'), lines: rates, note },
    { title: t('forecast.title'), says: forecastSays(props), lines: coming },
    { title: t('funder.parts'), says: t('funder.parts.says'), lines: partLines(props) },
    { title: t('funder.course'), says: '', lines: monthLines(props) },
    themePart(props),
  ]
  return {
    title: campaign.name,
    asOf: `${t(`campaign.${standingOf(campaign)}`)}, ${formats.day(campaign.startsOn)} – ${formats.day(campaign.endsOn)}. ${asOfText(props, facts)}`,
    note,
    parts: parts.filter(({ lines }) => lines.length > 0),
    definitions: [...moneyIds, ...rateIds, ...comingIds].map((id) => ({
      name: t(`method.${id}`),
      formula: t(`method.${id}.formula`),
      limits: t(`method.${id}.limits`),
    })),
  }
}

type Lines = { lines: ReportLine[]; ids: IndicatorId[] }

function moneyLines({ t, formats, facts }: ReportProps): Lines {
  const { campaign, waterfall: sums, split, usage, on } = facts
  const { faceValueCents: face, bookSize } = campaign
  const amounts = [
    ['ordered', sums.ordered * face],
    ['funded', sums.fundedCents],
    ['issued', sums.issued * face],
    ['active', sums.active * face],
    ['handed_out', sums.booksHandedOut * bookSize * face],
    ['redeemed', split.usedCents],
    ['to_pay', split.toPayCents],
    ['in_payment', split.inPaymentCents],
    ['paid', split.paidCents],
    ['available', sums.availableCents],
    ['returned', sums.returnedCents],
    ['in_grace', sums.inGraceCents],
    ['expired', sums.expiredCents],
    ['credited', sums.creditedCents],
  ] as const
  return {
    ids: amounts.map(([id]) => id),
    lines: amounts.map(([id, cents]) => ({
      ...{ name: t(`method.${id}`), value: formats.euros(cents), raw: cents / 100, of: '' },
      on: id === 'handed_out' ? usage.until : on,
    })),
  }
}

/** None without a context note. */
function rateLines({ t, formats, facts }: ReportProps): Lines {
  const { usage } = facts
  const rates: [IndicatorId, Fraction][] = [
    ['usage', usage],
    ['usage_of_issued', usage.ofIssued],
    ['circulation', usage.circulation],
    ['handed_out_rate', usage.handedOut],
  ]
  const told = rates.filter(([, { rate }]) => rate !== null)
  return {
    ids: told.map(([id]) => id),
    lines: told.map(([id, { numerator, denominator, rate }]) => ({
      ...{ name: t(`method.${id}`), value: formats.percent(rate!), raw: rate, on: usage.until },
      of: t('funder.usage.vouchers', { part: formats.number(numerator), whole: formats.number(denominator) }),
    })),
  }
}

const forecastSays = ({ t, formats, facts }: ReportProps): string =>
  facts.forecast ? t('forecast.says', { months: formats.number(facts.forecast.months) }) : ''

function forecastLines({ t, formats, facts }: ReportProps): Lines {
  const { forecast, campaign } = facts
  if (forecast === null) return { lines: [], ids: [] }
  const { used, unused } = forecast
  const euros = (vouchers: number) => formats.wholeEuros(vouchers * campaign.faceValueCents)
  const line = (id: IndicatorId, middle: number, least: number, most: number): ReportLine => ({
    ...{ name: t(`method.${id}`), value: euros(middle), raw: (middle * campaign.faceValueCents) / 100, on: used.on },
    of: t('forecast.between', { least: euros(least), most: euros(most) }),
  })
  return {
    ids: ['forecast_used', 'forecast_unused'],
    lines: [
      line('forecast_used', used.median, ...used.outer),
      line('forecast_unused', unused.median, unused.least, unused.most),
    ],
  }
}

const partLines = ({ t, formats, facts }: ReportProps): ReportLine[] =>
  facts.parts.flatMap(({ funder, partCents, fundedCents }) => {
    const line = (name: string, cents: number): ReportLine => ({
      ...{ name: `${funder}, ${name}`, value: formats.euros(cents), raw: cents / 100, of: '', on: facts.on },
    })
    return [
      line(t('funder.parts.funded'), fundedCents),
      line(t('funder.parts.used'), partCents * facts.waterfall.redeemed),
    ]
  })

function monthLines({ t, formats, facts }: ReportProps): ReportLine[] {
  return facts.months.map(({ month, redeemed, books }) => ({
    ...{ name: formats.month(month), value: formats.number(redeemed), raw: redeemed },
    on: [lastDayOfMonth(month), facts.on].sort()[0]!,
    of: month <= facts.usage.until ? `${t('funder.stock.handed')} ${formats.number(books)}` : '',
  }))
}

/** From a release alone. What is too small is said in words, and is no number in a spreadsheet either. */
function themePart({ t, formats, facts }: ReportProps): ReportPart {
  const [first] = facts.themes
  if (!first) return { title: '', says: '', lines: [] }
  const { threshold } = first
  const says = t('funder.services.says', {
    span: spanText(first.span, { t, formats }),
    day: formats.day(first.frozenOn),
  })
  return {
    title: t('funder.services'),
    says: `${says} ${t('funder.services.sum')}`,
    lines: facts.themes.map(({ subject, subjectName, value, frozenOn }) => ({
      name: subject === '*' ? t('funder.services.whole') : `${subject} ${subjectName ?? ''}`,
      value: value === null ? t('suppressed', { threshold }) : formats.number(value),
      ...{ raw: value, of: '', on: frozenOn },
    })),
  }
}
