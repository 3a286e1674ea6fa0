import type { MessageKey } from '../../shared/messages.ts'
import { indicators } from '../../statistics/indicators.ts'
import { Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'

const parts: readonly { title: MessageKey; says?: MessageKey; units: readonly string[] }[] = [
  { title: 'method.money', units: ['value', 'euros'] },
  { title: 'method.rates', says: 'method.rates.says', units: ['rate'] },
  { title: 'method.counts', units: ['books', 'count'] },
]

/** Each figure once: what it is, how it is counted, and what it does not say. Figures on other pages lead to their line. */
export function MethodPage(page: PageProps) {
  const { t } = page
  return (
    <Layout {...page} title={t('nav.method')} lede={t('method.lede')}>
      {parts.map(({ title, says, units }) => (
        <Section title={t(title)} says={says && t(says)} isWide>
          <Table
            rows={indicators.filter(({ unit }) => units.includes(unit))}
            columns={[
              { key: 'figure', label: t('method.figure'), cell: ({ id }) => <span id={id}>{t(`method.${id}`)}</span> },
              { key: 'formula', label: t('method.formula'), cell: ({ id }) => t(`method.${id}.formula`) },
              { key: 'limits', label: t('method.limits'), cell: ({ id }) => t(`method.${id}.limits`) },
              { key: 'unit', label: t('method.unit'), cell: ({ unit }) => t(`method.unit.${unit}`) },
              { key: 'source', label: t('method.source'), cell: ({ source }) => t(`method.source.${source}`) },
            ]}
          />
        </Section>
      ))}
    </Layout>
  )
}
