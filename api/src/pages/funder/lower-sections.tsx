import { nextQuarterRelease } from '../../statistics/campaign-course.ts'
import { endingTimeline } from '../agreements/ending-timeline.ts'
import { Bars } from '../charts/bars.tsx'
import { Table } from '../components/data-table.tsx'
import { Timeline } from '../components/lists.tsx'
import { Section } from '../components/page-head.tsx'
import { counted } from '../components/sentences.tsx'
import { Notice } from '../components/states.tsx'
import { spanText } from '../span-text.ts'
import type { CampaignProps } from './campaign-sections.tsx'

const stockShown = 6

/** Where the books are that nobody has yet: counts of books, whose holders nobody knows. */
export function StockSection(props: CampaignProps) {
  const { t, formats, facts, base } = props
  const { stock, waitingBooks, usage } = facts
  const counts = { received: 'received', handedOut: 'handed', gone: 'gone', left: 'left', active: 'active' } as const
  const columns = Object.entries({ ...counts, activeOnTheWay: 'way' } as const) as [keyof typeof counts, 'left'][]
  const says = t('funder.stock.says', { ...counted(props, waitingBooks), day: formats.day(usage.until) })
  return (
    <Section title={t('funder.stock')} says={says} id="stock">
      <div>
        {stock.length === 0 ? (
          <p class="soft">{t('funder.stock.empty')}</p>
        ) : (
          <Table
            rows={stock.slice(0, stockShown)}
            columns={[
              {
                key: 'prescriber',
                label: t('funder.stock.prescriber'),
                cell: ({ prescriber }) => prescriber ?? t('stock.campaign_stock'),
              },
              ...columns.map(([key, label]) => ({
                key,
                label: t(`funder.stock.${label}`),
                isNumber: true,
                cell: (line: (typeof stock)[number]) => formats.number(line[key]),
              })),
              {
                key: 'last',
                label: t('funder.stock.last'),
                cell: ({ lastMonth }) => (lastMonth ? formats.month(lastMonth) : t('funder.stock.none')),
              },
            ]}
          />
        )}
        <p class="under no-print">
          <a href={`${base}/remises.csv?au=${facts.on}`}>CSV</a>
          {stock.length > stockShown && <a href={`${base}/remises?au=${facts.on}`}>{t('funder.list.remises')}</a>}
          <a href="/stock">{t('nav.stock')}</a>
        </p>
      </div>
    </Section>
  )
}

/** Every event moves n × part, so the parts add up to the cent. */
export function PartsSection({ t, formats, facts, person }: CampaignProps) {
  const { parts, waterfall, campaign } = facts
  const used = (cents: number) => formats.euros(cents * waterfall.redeemed)
  const share = (cents: number) => formats.percent(cents / campaign.faceValueCents)
  return (
    <Section title={t('funder.parts')} says={t('funder.parts.says')} id="parts">
      <Table
        rows={parts}
        columns={[
          {
            key: 'funder',
            label: t('funder.parts.funder'),
            cell: ({ funder, funderId }) => (
              <>
                {funder}
                {person?.tenantId === funderId && <small>{t('funder.parts.you')}</small>}
              </>
            ),
          },
          {
            key: 'part',
            label: t('funder.parts.of_one'),
            isNumber: true,
            cell: ({ partCents }) => [formats.euros(partCents), <small>{share(partCents)}</small>],
          },
          {
            key: 'funded',
            label: t('funder.parts.funded'),
            isNumber: true,
            cell: ({ fundedCents }) => formats.euros(fundedCents),
          },
          { key: 'used', label: t('funder.parts.used'), isNumber: true, cell: ({ partCents }) => used(partCents) },
        ]}
        foot={
          <tr>
            <th scope="row">{t('funder.parts.total')}</th>
            <td class="n" data-th={t('funder.parts.of_one')}>
              {formats.euros(campaign.faceValueCents)}
            </td>
            <td class="n" data-th={t('funder.parts.funded')}>
              {formats.euros(waterfall.fundedCents)}
            </td>
            <td class="n" data-th={t('funder.parts.used')}>
              {used(campaign.faceValueCents)}
            </td>
          </tr>
        }
      />
    </Section>
  )
}

/** Themes come from a release alone: thresholded and rounded. Without one, the page says when it comes. */
export function ServicesSection({ t, formats, facts, today }: CampaignProps) {
  const { themes } = facts
  const [first] = themes
  if (!first) {
    const next = nextQuarterRelease(today)
    return (
      <Section title={t('funder.services')} says={t('funder.services.rule')} id="services">
        <Notice title={t('funder.services.none', { day: formats.day(next.on) })}>
          {t('funder.services.none.says', { month: formats.month(next.lastMonth) })}
        </Notice>
      </Section>
    )
  }
  const says = t('funder.services.says', {
    span: spanText(first.span, { t, formats }),
    day: formats.day(first.frozenOn),
  })
  return (
    <Section
      title={t('funder.services')}
      id="services"
      says={
        <>
          <p>{says}</p>
          <p>{t('suppressed.why')}</p>
          <p>{t('funder.services.sum')}</p>
        </>
      }
    >
      <div>
        <Bars
          t={t}
          formats={formats}
          threshold={first.threshold}
          heading={{ label: t('funder.services.theme'), count: t('funder.services.count') }}
          bars={themes.map(({ subject, subjectName, value }) => ({
            label: subject === '*' ? t('funder.services.whole') : <ThemeLabel theme={subject} title={subjectName} />,
            count: value,
          }))}
        />
      </div>
    </Section>
  )
}

const ThemeLabel = ({ theme, title }: { theme: string; title: string | null }) => (
  <>
    <span class="code soft">{theme}</span> {title}
  </>
)

/** The dates of the end of validity, what was done, and where the funder must act. */
export function EndingSection({ t, formats, facts, today, base }: CampaignProps) {
  return (
    <Section title={t('funder.ending')} says={t('funder.ending.says')} id="ending">
      <div>
        <Timeline steps={endingTimeline(facts.ending, { t, formats, today })} />
        <p class="under no-print">
          <a href={`${base}/fin`}>{t('funder.ending.open')}</a>
        </p>
      </div>
    </Section>
  )
}
