import { nationalServices } from '../../catalogue/national-services.ts'
import type { CatalogueServiceRow } from '../../catalogue/queries.ts'
import { Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import type { PageProps } from '../page-props.tsx'

/** Which services of the catalogue stand for which one of the national standard of venues. */
export function NationalSection({ t, services }: PageProps & { services: readonly CatalogueServiceRow[] }) {
  const rows = nationalServices.map((name) => ({
    name,
    codes: services.filter((service) => service.nationalService === name && service.retiredOn === null),
  }))
  return (
    <Section title={t('national.title')} says={t('national.says')} id="standard">
      <Table
        rows={rows}
        columns={[
          { key: 'name', label: t('national.service'), cell: ({ name }) => <span lang="fr">{name}</span> },
          {
            key: 'codes',
            label: t('national.codes'),
            isText: true,
            cell: ({ codes }) =>
              codes.length === 0 ? (
                t('national.none')
              ) : (
                <span class="code">{codes.map(({ code }) => code).join(' ')}</span>
              ),
          },
        ]}
      />
    </Section>
  )
}
