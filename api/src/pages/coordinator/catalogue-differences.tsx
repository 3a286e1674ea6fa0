import { Table } from '../components/data-table.tsx'
import { Tag, type Tone } from '../components/states.tsx'
import type { PageProps } from '../page-props.tsx'
import type { Change } from './catalogue-view.ts'
import { fieldLabels, shownValue } from './catalogue-words.ts'

const tones: Record<Change['kind'], Tone> = { added: 'done', retired: 'stop', changed: 'run' }

/** What changes, service by service: the whole of it is read in one column, so that it also reads on a phone. */
export function Differences({ changes, ...page }: PageProps & { changes: readonly Change[] }) {
  const { t } = page
  if (changes.length === 0) return <p>{t('diff.same')}</p>
  return (
    <Table
      rows={changes}
      columns={[
        { key: 'code', label: t('reference.code'), cell: ({ code }) => <span class="code">{code}</span> },
        {
          key: 'kind',
          label: t('reference.change'),
          cell: ({ kind }) => <Tag tone={tones[kind]}>{t(`reference.${kind}`)}</Tag>,
        },
        {
          key: 'what',
          label: t('diff.what'),
          isText: true,
          cell: ({ title, fields }) => (
            <div>
              <b lang="fr">{title}</b>
              {fields.map(({ field, before, after }) => (
                <small>
                  {t(fieldLabels[field])}
                  {page.locale === 'fr' ? '\u00a0: ' : ': '}
                  <del lang="fr">{shownValue(page, field, before)}</del>{' '}
                  <ins lang="fr">{shownValue(page, field, after)}</ins>
                </small>
              ))}
            </div>
          ),
        },
      ]}
    />
  )
}
