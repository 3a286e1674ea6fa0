import type { AuditEntry, AuditSearch } from '../../accounts/audit-queries.ts'
import { dayOf } from '../../shared/days.ts'
import { type Column, Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import { EmptyState } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { hrefWith, type PageProps } from '../page-props.tsx'

type JournalProps = PageProps & {
  search: AuditSearch
  actions: readonly string[]
  entries: readonly AuditEntry[]
  hasOlder: boolean
}

/** The audit log, newest first. The address is the search, so that it can be sent to a colleague. */
export function JournalPage(props: JournalProps) {
  const { t, here, entries, hasOlder } = props
  return (
    <Layout {...props} title={t('journal.title')} audience="coordinator" lede={t('journal.lede')}>
      <Section title={t('journal.title')} isWide>
        <SearchForm {...props} />
        {entries.length === 0 ? (
          <EmptyState title={t('journal.none')}>{t('journal.none.next')}</EmptyState>
        ) : (
          <Table columns={columnsOf(props)} rows={entries} />
        )}
        <div class="under no-print">
          {here.includes('?') && <a href="/coordination/journal">{t('list.clear')}</a>}
          {hasOlder && <a href={hrefWith(here, { avant: entries.at(-1)!.seq })}>{t('journal.older')}</a>}
          <span>{t('journal.export')}</span>
          <a href="/api/v1/audit-log.csv">CSV</a>
          <a href="/api/v1/audit-log.jsonl">JSON</a>
        </div>
      </Section>
    </Layout>
  )
}

function columnsOf({ t, formats }: JournalProps): Column<AuditEntry>[] {
  return [
    { key: 'seq', label: t('journal.number'), isNumber: true, cell: ({ seq }) => formats.number(seq) },
    {
      key: 'at',
      label: t('journal.when'),
      cell: ({ at }) => [formats.day(dayOf(new Date(at))), <small>{formats.time(new Date(at))}</small>],
    },
    {
      key: 'who',
      label: t('journal.who'),
      cell: ({ actor, person }) => [person ?? t('journal.machine'), <small>{actor}</small>],
    },
    { key: 'action', label: t('journal.action'), isCode: true, cell: ({ action }) => action },
    {
      key: 'details',
      label: t('journal.details'),
      cell: ({ details }) => <Details details={details} />,
    },
    { key: 'hash', label: t('journal.hash'), isCode: true, isWideOnly: true, cell: ({ hash }) => hash.slice(0, 12) },
  ]
}

const Details = ({ details }: Pick<AuditEntry, 'details'>) => (
  <>
    {Object.entries(details).map(([name, value]) => (
      <small>
        {name}: <span class="code">{typeof value === 'string' ? value : JSON.stringify(value)}</span>
      </small>
    ))}
  </>
)

function SearchForm({ t, search, actions }: JournalProps) {
  return (
    <search>
      <form class="filters" action="/coordination/journal">
        <div class="field">
          <label for="journal-action">{t('journal.action')}</label>
          <select id="journal-action" name="acte">
            <option value="">{t('list.all')}</option>
            {actions.map((action) => (
              <option value={action} selected={search.action === action}>
                {action}
              </option>
            ))}
          </select>
        </div>
        <Field name="personne" label={t('journal.person')} value={search.person} />
        <Field name="du" type="date" label={t('journal.from')} value={search.from} />
        <Field name="au" type="date" label={t('journal.to')} value={search.to} />
        <Field name="q" type="search" label={t('journal.q')} value={search.q} />
        <button class="button" type="submit">
          {t('list.filter')}
        </button>
      </form>
    </search>
  )
}

type FieldProps = { name: string; label: string; value: string | undefined; type?: string }

const Field = ({ name, label, value = '', type = 'text' }: FieldProps) => (
  <div class="field">
    <label for={`journal-${name}`}>{label}</label>
    <input id={`journal-${name}`} name={name} type={type} value={value} />
  </div>
)
