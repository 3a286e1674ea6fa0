import type { Catalogue } from '../../catalogue/read-catalogue.ts'
import { Table } from '../components/data-table.tsx'
import type { PageProps } from '../page-props.tsx'

/** The services of a choice, to be read; null is all of them. */
export function ServiceList({
  t,
  catalogue,
  codes,
}: PageProps & { catalogue: Catalogue; codes: readonly string[] | null }) {
  if (codes === null) return <p>{t('choice.all')}</p>
  return (
    <Table
      rows={catalogue.services.filter(({ code }) => codes.includes(code))}
      columns={[
        { key: 'code', label: t('reference.code'), cell: ({ code }) => <span class="code">{code}</span> },
        {
          key: 'title',
          label: t('reference.service'),
          isText: true,
          cell: ({ title }) => <span lang="fr">{title}</span>,
        },
      ]}
    />
  )
}
