import type { MessageKey } from '../../shared/messages.ts'
import type { ReleasePlan } from '../../statistics/preview-release.ts'
import { factsOf, type TableFacts } from '../../statistics/release.ts'
import { Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { spanText } from '../span-text.ts'
import { releaseHref, releasesPath } from './releases-page.tsx'

/** What publishing a month will make readable for ever, and the button that does it. */
export function ReleasePlanPage({ plan, ...page }: PageProps & { plan: ReleasePlan }) {
  const { t, formats } = page
  const month = formats.month(plan.month)
  const title = t('releases.plan.title', { month })
  const crumbs = [{ href: releasesPath, label: t('nav.releases') }, { label: month }]
  const slugOf = (table: TableFacts['name']) => factsOf(table).slug
  return (
    <Layout {...page} title={title} audience="coordinator" lede={t('releases.plan.lede')} crumbs={crumbs}>
      <Section title={t('releases.plan.tables')} says={t('releases.plan.tables.says')}>
        <Table
          rows={plan.tables}
          columns={[
            {
              key: 'table',
              label: t('releases.plan.table'),
              cell: ({ table }) => [
                t(`data.table.${slugOf(table)}`),
                <small>{t(`data.table.${slugOf(table)}.says`)}</small>,
              ],
            },
            { key: 'span', label: t('releases.plan.span'), cell: ({ span }) => spanText(span, page) },
            {
              key: 'cells',
              label: t('releases.plan.cells'),
              isNumber: true,
              cell: ({ cells }) => formats.number(cells),
            },
            {
              key: 'before',
              label: t('releases.plan.before'),
              cell: ({ before }) =>
                before
                  ? t('releases.told', { told: formats.number(before.told), cells: formats.number(before.cells) })
                  : t('data.tables.none'),
            },
          ]}
        />
      </Section>
      <Section title={t('releases.plan.silent')}>
        <div class="prose">
          <ul>
            {[1, 2, 3, 4].map((number) => (
              <li>{t(`releases.plan.silent.${number}` as MessageKey, { threshold: plan.threshold })}</li>
            ))}
          </ul>
        </div>
      </Section>
      <Publish {...page} plan={plan} month={month} />
    </Layout>
  )
}

function Publish({ t, formats, person, plan, month }: PageProps & { plan: ReleasePlan; month: string }) {
  if (!plan.isDue)
    return (
      <Notice title={t('releases.plan.wait', { day: formats.day(plan.from) })} tone="wait">
        {t('releases.plan.wait.says')}
      </Notice>
    )
  if (person?.role !== 'coordinator') return null
  return (
    <form class="acts-row cut no-print" method="post" action={releaseHref(plan.month)}>
      <button class="button button-main" type="submit">
        {t('releases.plan.do', { month })}
      </button>
      <a class="button" href={releasesPath}>
        {t('releases.plan.back')}
      </a>
    </form>
  )
}
