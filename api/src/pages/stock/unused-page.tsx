import type { Day } from '../../shared/days.ts'
import type { Translate } from '../../shared/messages.ts'
import { sumCents } from '../../shared/money.ts'
import type { UnusedLine } from '../../stock/read-unused-value.ts'
import { type Column, Table } from '../components/data-table.tsx'
import { type FormState, TextField } from '../components/form.tsx'
import { Section } from '../components/page-head.tsx'
import { EmptyState } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { audienceOf } from '../navigation.ts'
import type { PageProps } from '../page-props.tsx'

type UnusedProps = PageProps & {
  lines: readonly UnusedLine[]
  day: Day
  until: Day
  form: FormState
  tenant?: string | undefined
}

/** A sheet for a public accountant: what unused books are worth, by campaign and by where they lie. */
export function UnusedPage(props: UnusedProps) {
  const { t, formats, lines, day, until, form, person, tenant } = props
  const title = t('unused.title')
  return (
    <Layout
      {...props}
      title={title}
      audience={audienceOf(person)}
      tenant={tenant}
      lede={t('unused.lede', { day: formats.day(day), until: formats.day(until) })}
      crumbs={[{ href: '/stock', label: t('stock.title') }, { label: title }]}
    >
      <form class="filters no-print" action="/valeurs-inactives">
        <TextField name="jour" type="date" label={t('unused.day')} form={form} />
        <button class="button" type="submit">
          {t('unused.show')}
        </button>
      </form>
      {lines.length === 0 ? (
        <EmptyState title={t('unused.none')}>{t('unused.none.says')}</EmptyState>
      ) : (
        <Section title={t('unused.section')} says={t('unused.says')} isWide>
          <Table columns={columnsOf(props)} rows={lines} foot={<Total {...props} />} />
          <div class="under no-print">
            <a href={`/valeurs-inactives.csv?jour=${day}`}>CSV</a>
          </div>
          <div class="signatures">
            <p>{t('unused.signed')}</p>
          </div>
        </Section>
      )}
    </Layout>
  )
}

/** Books on their way count with whom they go to, on a line of their own. */
export const placeOf = (t: Translate, prescriber: string | null, isOnTheWay: boolean): string => {
  const place = prescriber ?? t('stock.campaign_stock')
  return isOnTheWay ? t('unused.on_the_way', { place }) : place
}

function columnsOf({ t, formats, person }: UnusedProps): Column<UnusedLine>[] {
  return [
    {
      key: 'depository',
      label: t('unused.depository'),
      cell: ({ prescriber, campaign, isOnTheWay }) => [
        placeOf(t, prescriber, isOnTheWay),
        <small>{campaign.name}</small>,
      ],
    },
    { key: 'books', label: t('unused.books'), isNumber: true, cell: ({ books }) => formats.number(books) },
    { key: 'vouchers', label: t('unused.vouchers'), isNumber: true, cell: ({ vouchers }) => formats.number(vouchers) },
    {
      key: 'inactive',
      label: t('unused.inactive'),
      isNumber: true,
      cell: ({ inactiveBooks }) => formats.number(inactiveBooks),
    },
    { key: 'value', label: t('unused.value'), isNumber: true, cell: ({ valueCents }) => formats.euros(valueCents) },
    ...(person?.role === 'funder'
      ? [
          {
            key: 'own',
            label: t('unused.own'),
            isNumber: true,
            cell: ({ ownCents }: UnusedLine) => formats.euros(ownCents),
          },
        ]
      : []),
  ]
}

function Total({ t, formats, lines, person }: UnusedProps) {
  const sum = (key: 'books' | 'vouchers' | 'inactiveBooks') => lines.reduce((all, line) => all + line[key], 0)
  return (
    <tr>
      <th scope="row">{t('unused.total')}</th>
      <td class="n" data-th={t('unused.books')}>
        {formats.number(sum('books'))}
      </td>
      <td class="n" data-th={t('unused.vouchers')}>
        {formats.number(sum('vouchers'))}
      </td>
      <td class="n" data-th={t('unused.inactive')}>
        {formats.number(sum('inactiveBooks'))}
      </td>
      <td class="n" data-th={t('unused.value')}>
        {formats.euros(sumCents(lines.map(({ valueCents }) => valueCents)))}
      </td>
      {person?.role === 'funder' && (
        <td class="n" data-th={t('unused.own')}>
          {formats.euros(sumCents(lines.map(({ ownCents }) => ownCents)))}
        </td>
      )}
    </tr>
  )
}
