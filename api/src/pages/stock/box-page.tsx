import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { bookCountOf, nextSample } from '../../books/box.ts'
import { booksIn, writeRanges } from '../../books/cover-ranges.ts'
import { arrivedOf, isToActivate } from '../../books/delivery.ts'
import type { DeliveryGap } from '../../books/gap-queries.ts'
import type { Box } from '../../books/queries.ts'
import { Table } from '../components/data-table.tsx'
import { emptyForm, FormErrors, type FormState, SelectField, TextField } from '../components/form.tsx'
import { Track, type TrackStep } from '../components/lists.tsx'
import { Section } from '../components/page-head.tsx'
import { Notice, Tag } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { audienceOf } from '../navigation.ts'
import type { PageProps } from '../page-props.tsx'

export type BoxView = {
  box: Box
  gaps: readonly DeliveryGap[]
  campaign: { id: string; name: string; bookSize: number; faceValueCents: number }
  prescriber: string | null
  /** To whom a coordinator may send it. */
  prescribers: readonly { id: string; name: string }[]
  /** A drawing of the address of this page as QR code. */
  qrSvg: string
}
const labels = { books: 'parcel.receive.count', covers: 'parcel.receive.covers' } as const
type BoxProps = PageProps & { view: BoxView; form?: FormState }

/** The delivery sheet of one box, on screen and on paper, with what the reader may do with it now. */
export function BoxPage(props: BoxProps) {
  const { t, person, view, form = emptyForm } = props
  const { box, campaign } = view
  const title = t('parcel.title', { number: box.number, campaign: campaign.name })
  return (
    <Layout
      {...props}
      title={title}
      audience={audienceOf(person)}
      lede={t('parcel.lede')}
      crumbs={[{ href: '/colis', label: t('parcels.title') }, { label: t('parcel.name', { number: box.number }) }]}
    >
      {Object.keys(form.errors).length > 0 && <FormErrors t={t} form={form} labels={labels} />}
      <Manifest {...props} />
      <Section title={t('parcel.way')} isWide>
        <Track steps={stepsOf(props)} />
      </Section>
      <Gaps {...props} />
      <NextAct {...props} form={form} />
      <div class="signatures">
        <p>{t('parcel.signed.sender')}</p>
        <p>{t('parcel.signed.receiver')}</p>
      </div>
    </Layout>
  )
}

function Manifest({ t, formats, view }: BoxProps) {
  const { box, campaign, gaps, prescriber, qrSvg } = view
  const books = booksIn(arrivedOf(box, gaps))
  const facts: [string, Child][] = [
    [t('parcel.covers'), writeRanges(arrivedOf(box, gaps))],
    [t('parcel.books'), formats.number(books)],
    [t('parcel.vouchers'), formats.number(books * campaign.bookSize)],
    [t('parcel.value'), formats.wholeEuros(books * campaign.bookSize * campaign.faceValueCents)],
    [t('parcel.from'), t('parcel.from.coordination')],
    [t('parcel.to'), prescriber ?? t('parcel.to.none')],
  ]
  return (
    <Section title={t('parcel.what')} isWide>
      <div class="enrolment manifest">
        <figure>
          <div class="qr" role="img" aria-label={t('parcel.qr')}>
            {raw(qrSvg)}
          </div>
          <figcaption class="small soft">{t('parcel.qr.says')}</figcaption>
        </figure>
        <dl class="facts-list">
          {facts.map(([label, value]) => (
            <div>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      <p class="small soft no-print">{t('parcel.print')}</p>
    </Section>
  )
}

const stepNames = ['printed', 'dispatched', 'delivered', 'active'] as const

function stepsOf({ t, formats, view: { box } }: BoxProps): TrackStep[] {
  if (box.state === 'revoked')
    return [{ title: t('box.revoked'), says: box.revokedOn ? formats.day(box.revokedOn) : undefined, state: 'current' }]
  const days = { printed: null, dispatched: box.dispatchedOn, delivered: box.deliveredOn, active: box.activatedOn }
  const now = stepNames.indexOf(box.state)
  return stepNames.map((name, at) => ({
    title: t(`box.${name}`),
    says: days[name] ? formats.day(days[name]) : at > now ? t('parcel.step.later') : undefined,
    state: at < now ? 'done' : at === now ? 'current' : 'later',
  }))
}

function Gaps({ t, formats, person, view: { gaps, box } }: BoxProps) {
  if (gaps.length === 0) return null
  const mayReceive = person?.role === 'coordinator' || person?.role === 'prescriber'
  const act = (gap: DeliveryGap, name: 'arrivee' | 'perte') => (
    <form method="post" action={`/colis/${box.id}/manquants/${gap.id}/${name}`} class="no-print">
      <button
        class="button"
        type="submit"
        aria-label={`${t(name === 'arrivee' ? 'parcel.missing.arrived' : 'parcel.missing.lost')}, ${writeRanges([gap])}`}
      >
        {t(name === 'arrivee' ? 'parcel.missing.arrived' : 'parcel.missing.lost')}
      </button>
    </form>
  )
  return (
    <Section title={t('parcel.missing')} says={t('parcel.missing.says')} isWide>
      <Table
        rows={gaps}
        columns={[
          { key: 'covers', label: t('parcel.missing.covers'), cell: (gap) => writeRanges([gap]) },
          { key: 'books', label: t('parcel.books'), isNumber: true, cell: (gap) => formats.number(bookCountOf(gap)) },
          { key: 'since', label: t('parcel.missing.since'), cell: (gap) => formats.day(gap.reportedOn) },
          {
            key: 'state',
            label: t('parcels.state'),
            cell: ({ state, activatedOn }) => (
              <Tag tone={activatedOn ? 'done' : state === 'lost' ? 'stop' : 'hold'}>
                {t(activatedOn ? 'gap.active' : `gap.${state}`)}
              </Tag>
            ),
          },
          {
            key: 'act',
            label: t('waiting.act'),
            cell: (gap) =>
              gap.state === 'missing' && box.state !== 'revoked' && mayReceive ? (
                <div class="acts-row">
                  {act(gap, 'arrivee')}
                  {person?.role === 'coordinator' && act(gap, 'perte')}
                </div>
              ) : (
                '–'
              ),
          },
        ]}
      />
    </Section>
  )
}

function NextAct(props: BoxProps & { form: FormState }) {
  const { person, view } = props
  const { state } = view.box
  if (person?.role === 'prescriber')
    return state === 'dispatched' ? <Receive {...props} /> : state === 'delivered' ? <NotYet {...props} /> : null
  if (person?.role !== 'coordinator' || state === 'revoked') return null
  return (
    <>
      {state === 'printed' && <Send {...props} />}
      {state === 'dispatched' &&
        (view.box.dispatchedBy === person.personId ? <OtherReceives {...props} /> : <Receive {...props} />)}
      {(state === 'delivered' || view.gaps.some(isToActivate)) && <Activate {...props} />}
      <p class="no-print">
        <a class="button" href={`/colis/${view.box.id}/revocation`}>
          {props.t('parcel.revoke')}
        </a>
      </p>
    </>
  )
}

/** What the receiver waits for, once it has the box. */
const NotYet = ({ t }: BoxProps) => (
  <div class="notices no-print">
    <Notice title={t('parcel.not_yet')} tone="wait">
      {t('parcel.not_yet.says')}
    </Notice>
  </div>
)

const Send = ({ t, view, form }: BoxProps & { form: FormState }) => (
  <Section title={t('parcel.send')} says={t('parcel.send.says')}>
    <form class="form no-print" method="post" action={`/colis/${view.box.id}/envoi`}>
      <SelectField
        name="prescriberId"
        label={t('parcel.send.to')}
        form={form}
        options={view.prescribers.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <button class="button button-main" type="submit">
        {t('parcel.send')}
      </button>
    </form>
  </Section>
)

function Receive({ t, view: { box }, form }: BoxProps & { form: FormState }) {
  const books = bookCountOf(box)
  const example = `${box.firstCover}-${box.firstCover + Math.floor(books / 2)}, ${box.firstCover + Math.floor(books / 2) + 2}-${box.lastCover}`
  const given = { ...form, values: { books: String(books), ...form.values } }
  return (
    <Section title={t('parcel.receive')} says={t('parcel.receive.says')}>
      <form class="form no-print" method="post" action={`/colis/${box.id}/reception`}>
        <TextField name="books" label={t('parcel.receive.count')} form={given} inputmode="numeric" maxlength={6} />
        <TextField
          name="covers"
          label={t('parcel.receive.covers')}
          hint={t('parcel.receive.covers.hint', { example })}
          form={given}
          isOptional
          maxlength={2000}
        />
        <button class="button button-main" type="submit">
          {t('parcel.receive')}
        </button>
      </form>
    </Section>
  )
}

const OtherReceives = ({ t }: BoxProps) => (
  <div class="notices no-print">
    <Notice title={t('parcel.receive.other')} tone="wait">
      {t('parcel.receive.other.says')}
    </Notice>
  </div>
)

function Activate({ t, formats, view: { box, gaps, campaign } }: BoxProps) {
  const arrived = arrivedOf(box, gaps)
  const due = box.state === 'delivered' ? nextSample(arrived, box.goodSamples) : null
  const books = box.state === 'delivered' ? booksIn(arrived) : booksIn(gaps.filter(isToActivate))
  const amount = formats.wholeEuros(books * campaign.bookSize * campaign.faceValueCents)
  const count = formats.number(books)
  return (
    <div class="notices no-print">
      {due ? (
        <Notice title={t('parcel.sample', { count: box.goodSamples })} tone="wait">
          {t('parcel.sample.says', { first: due.firstCover, last: due.lastCover })}
        </Notice>
      ) : (
        <Notice
          title={t('parcel.activate', { count })}
          action={
            <form method="post" action={`/colis/${box.id}/activation`}>
              <button class="button button-main" type="submit">
                {t('parcel.activate', { count })}
              </button>
            </form>
          }
        >
          {t('parcel.activate.says', { amount })}
        </Notice>
      )}
    </div>
  )
}

/** Says what a revocation does, and when it is refused, before it is asked for. */
export function RevokeBoxPage({ view, form = emptyForm, ...page }: BoxProps) {
  const { t, formats } = page
  const { box, campaign } = view
  const title = t('parcel.revoke')
  const books = bookCountOf(box) - box.missingBooks
  const cents = box.activatedOn ? books * campaign.bookSize * campaign.faceValueCents : 0
  return (
    <Layout
      {...page}
      title={title}
      audience="coordinator"
      lede={t('parcel.revoke.lede', { count: formats.number(bookCountOf(box)), amount: formats.wholeEuros(cents) })}
      crumbs={[
        { href: '/colis', label: t('parcels.title') },
        { href: `/colis/${box.id}`, label: t('parcel.title', { number: box.number, campaign: campaign.name }) },
        { label: title },
      ]}
    >
      <FormErrors t={t} form={form} labels={{}} />
      <Notice title={t('parcel.revoke.if')} tone="wait">
        {t('parcel.revoke.if.says')}
      </Notice>
      <form class="acts-row cut" method="post" action={`/colis/${box.id}/revocation`}>
        <button class="button" type="submit">
          {t('parcel.revoke')}
        </button>
        <a class="button button-main" href={`/colis/${box.id}`}>
          {t('parcel.keep')}
        </a>
      </form>
    </Layout>
  )
}
