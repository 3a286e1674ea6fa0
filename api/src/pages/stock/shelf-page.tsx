import { writeRanges } from '../../books/cover-ranges.ts'
import type { CountedStock } from '../../stock/count-stock.ts'
import { Table } from '../components/data-table.tsx'
import { Figures } from '../components/figures.tsx'
import { FormErrors, type FormState, SelectField, TextField } from '../components/form.tsx'
import { PageHead, Section } from '../components/page-head.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { audienceOf } from '../navigation.ts'
import type { PageProps } from '../page-props.tsx'
import type { ShelfEvent } from './shelf-history.ts'
import { type StockRow, shelfHref } from './stock-page.tsx'

export type ShelfView = {
  row: StockRow
  events: readonly ShelfEvent[]
  /** Where events say books came from or went. */
  nameOf: (depository: string | null) => string
  /** To whom a coordinator may send books of the campaign's stock. */
  prescribers: readonly { id: string; name: string }[]
  mayAct: boolean
  /** What was counted just now. */
  counted?: CountedStock | undefined
}
type ShelfProps = PageProps & { view: ShelfView; form: FormState }

const labels = { firstCover: 'shelf.first', lastCover: 'shelf.last', covers: 'shelf.count.covers' } as const

/** One stock: how it stands, what happened to it, and what may be done with it. */
export function ShelfPage(props: ShelfProps) {
  const { t, person, view, form } = props
  const { row } = view
  const crumbs =
    person?.role === 'prescriber'
      ? [{ href: '/prescripteur', label: t('nav.prescriber') }, { label: t('shelf.crumb') }]
      : [{ href: '/stock', label: t('stock.title') }, { label: row.place }]
  return (
    <Layout
      {...props}
      title={`${row.place}, ${row.campaign.name}`}
      audience={audienceOf(person)}
      head={<PageHead title={row.place} lede={t('shelf.lede', { campaign: row.campaign.name })} crumbs={crumbs} />}
    >
      <FormErrors t={t} form={form} labels={labels} />
      {view.counted && <Counted {...props} counted={view.counted} />}
      <ShelfFigures {...props} />
      {view.mayAct && <Acts {...props} />}
      <History {...props} />
    </Layout>
  )
}

function ShelfFigures({ t, formats, view: { row } }: ShelfProps) {
  const n = formats.number
  const items = [
    {
      label: t('shelf.left'),
      value: n(row.left),
      of: [
        t('shelf.left.of', { received: n(row.received), handedOut: n(row.handedOut) }),
        row.active !== row.left && `, ${t('stock.left.active', { count: n(row.active) })}`,
      ],
    },
    {
      label: t('shelf.out'),
      value: n(row.returned + row.damaged + row.lost + row.ended),
      of: t('shelf.out.of', { returned: n(row.returned), damaged: n(row.damaged), lost: n(row.lost) }),
    },
    { label: t('stock.replaced'), value: n(row.replaced), of: t('shelf.replaced.of') },
    { label: t('stock.way'), value: n(row.onTheWay), of: t('shelf.way.of') },
  ]
  return (
    <Section title={t('shelf.figures')} isWide>
      <Figures items={items} />
    </Section>
  )
}

function History({ t, formats, person, view }: ShelfProps) {
  const act = (href: string, label: string) => (
    <form method="post" action={href} class="no-print">
      <button class="button" type="submit">
        {label}
      </button>
    </form>
  )
  return (
    <Section title={t('shelf.history')} says={t('shelf.history.says')} isWide>
      {view.events.length === 0 ? (
        <p>{t('shelf.history.none')}</p>
      ) : (
        <Table
          rows={view.events}
          columns={[
            {
              key: 'event',
              label: t('shelf.event'),
              cell: ({ says, values, reason, place, waiting }) => {
                const name = place === undefined ? '' : view.nameOf(place)
                const mayReceive = view.mayAct && waiting?.isIncoming && waiting.declaredBy !== person?.personId
                return [
                  t(says, { ...values, from: name, to: name, reason: reason ? t(reason).toLowerCase() : '' }),
                  waiting && view.mayAct && (
                    <div class="acts-row">
                      {mayReceive && act(`/stock/mouvements/${waiting.id}/reception`, t('shelf.receive'))}
                      {!waiting.isIncoming && act(`/stock/mouvements/${waiting.id}/annulation`, t('shelf.cancel'))}
                    </div>
                  ),
                ]
              },
            },
            {
              key: 'when',
              label: t('shelf.when'),
              cell: ({ on, month }) => (month ? formats.month(month) : formats.day(on)),
            },
            {
              key: 'covers',
              label: t('shelf.covers'),
              cell: ({ covers }) => (covers ? writeRanges([covers]) : '–'),
            },
            { key: 'books', label: t('shelf.books'), isNumber: true, cell: ({ books }) => formats.number(books) },
          ]}
        />
      )}
    </Section>
  )
}

const CoverFields = ({ t, form }: Pick<ShelfProps, 't' | 'form'>) => (
  <>
    <TextField name="firstCover" label={t('shelf.first')} form={form} inputmode="numeric" maxlength={7} />
    <TextField
      name="lastCover"
      label={t('shelf.last')}
      hint={t('shelf.last.hint')}
      form={form}
      inputmode="numeric"
      maxlength={7}
    />
  </>
)

function Acts(props: ShelfProps) {
  const { t, view, form } = props
  const { row } = view
  const base = shelfHref(row)
  const isCampaign = row.depository === null
  return (
    <>
      <Section
        title={t(isCampaign ? 'shelf.send' : 'shelf.return')}
        says={t(isCampaign ? 'shelf.send.says' : 'shelf.return.says')}
      >
        <form class="form no-print" method="post" action={`${base}/mouvement`}>
          <CoverFields {...props} />
          {isCampaign && (
            <SelectField
              name="to"
              label={t('shelf.to')}
              form={form}
              options={view.prescribers.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
          <button class="button button-main" type="submit">
            {t(isCampaign ? 'shelf.send' : 'shelf.return')}
          </button>
        </form>
      </Section>
      <Section title={t('shelf.writeoff')} says={t('shelf.writeoff.says')}>
        <p class="no-print">
          <a class="button" href={`/oppositions/nouvelle?campaignId=${row.campaign.id}&reason=damaged&where=stock`}>
            {t('shelf.writeoff.do')}
          </a>
        </p>
      </Section>
      <Section title={t('shelf.count')} says={t('shelf.count.says')}>
        <form class="form no-print" method="post" action={`${base}/comptage`}>
          <TextField
            name="covers"
            label={t('shelf.count.covers')}
            hint={t('parcel.receive.covers.hint', { example: '1-19, 23-50' })}
            form={form}
            maxlength={2000}
          />
          <button class="button button-main" type="submit">
            {t('shelf.count.do')}
          </button>
        </form>
      </Section>
    </>
  )
}

function Counted({ t, formats, counted }: ShelfProps & { counted: CountedStock }) {
  const kind = counted.difference === 0 ? 'same' : counted.difference < 0 ? 'less' : 'more'
  const values = {
    count: formats.number(Math.abs(counted.difference)),
    counted: formats.number(counted.counted),
    expected: formats.number(counted.expected),
  }
  const lines = [
    kind !== 'same' && t(`shelf.counted.${kind}.says`),
    counted.elsewhere.length > 0 && t('shelf.counted.elsewhere', { covers: writeRanges(counted.elsewhere) }),
    counted.absent && counted.absent.length > 0 && t('shelf.counted.absent', { covers: writeRanges(counted.absent) }),
    (counted.elsewhere.length > 0 || (counted.absent?.length ?? 0) > 0) && t('shelf.counted.kept'),
  ].filter((line): line is string => typeof line === 'string')
  return (
    <div class="notices">
      <Notice title={t(`shelf.counted.${kind}`, values)} tone={kind === 'same' ? 'good' : 'wait'} role="status">
        {lines.map((line) => (
          <p>{line}</p>
        ))}
      </Notice>
    </div>
  )
}
