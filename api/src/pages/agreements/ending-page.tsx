import { writeRanges } from '../../books/cover-ranges.ts'
import { fewestTold } from '../../campaigns/ending.ts'
import type { EndingView } from '../../endings/read-ending.ts'
import { Table } from '../components/data-table.tsx'
import { Figures } from '../components/figures.tsx'
import { Timeline } from '../components/lists.tsx'
import { Section } from '../components/page-head.tsx'
import { counted } from '../components/sentences.tsx'
import { Tag } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { audienceOf } from '../navigation.ts'
import type { PageProps } from '../page-props.tsx'
import { endingTimeline } from './ending-timeline.ts'

export type EndingProps = PageProps & { ending: EndingView; base: string; today: string; tenant?: string | undefined }

/** The end of validity: the dates with what was done, the books to block, late hand-outs, and the joint statement. */
export function EndingPage(props: EndingProps) {
  const { t, ending, base, person } = props
  const { campaign } = ending
  return (
    <Layout
      {...props}
      title={t('funder.ending')}
      audience={audienceOf(person)}
      lede={t('funder.ending.says')}
      crumbs={[
        { href: '/financeur', label: t('nav.campaigns') },
        { href: base, label: campaign.name },
        { label: t('funder.ending') },
      ]}
    >
      <Section title={t('ending.dates')} isWide>
        <Timeline steps={endingTimeline(ending.steps, props)} />
      </Section>
      <CountsSection {...props} />
      <BlockingSection {...props} />
      <LateSection {...props} />
      <JointSection {...props} />
    </Layout>
  )
}

/** The four counts of the first alert; what is too small to be told says so. */
function CountsSection({ t, formats, ending }: EndingProps) {
  const alert = ending.steps.find(({ step }) => step === 'alert')?.done
  if (!alert || alert.issuedBooks === null || alert.handedOutBooks === null) return null
  const { issuedBooks, handedOutBooks, startedBooks } = alert
  const counts = [
    ['issued', formats.number(issuedBooks)],
    ['handed_out', formats.number(handedOutBooks)],
    ['not_handed_out', formats.number(Math.max(0, issuedBooks - handedOutBooks))],
    ['started', startedBooks === null ? t('ending.started.few', { fewest: fewestTold }) : formats.number(startedBooks)],
  ] as const
  return (
    <Section title={t('ending.counts')} says={t('ending.counts.says', { day: formats.day(alert.doneOn) })}>
      <Figures
        items={counts.map(([key, value]) => ({
          ...{ label: t(`ending.counts.${key}`), value, of: t('ending.counts.books') },
        }))}
      />
    </Section>
  )
}

const hasBegun = (ending: EndingView, step: 'stop_handouts' | 'late_handouts', today: string) =>
  ending.steps.some((due) => due.step === step && due.on <= today)
const isFunder = ({ person }: EndingProps) => person?.role === 'funder'

function BlockingSection(props: EndingProps) {
  const { t, formats, ending, base, today } = props
  if (!hasBegun(ending, 'stop_handouts', today)) return null
  const { plan, leftovers, holders, approvals, campaign } = ending
  const isLive = campaign.state === 'open' || campaign.state === 'ending'
  const own = approvals.some(({ funderId }) => funderId === props.person?.tenantId)
  const rows = holders.map((holder) => ({
    holder,
    said: leftovers.find(({ prescriberId }) => prescriberId === holder.id),
  }))
  return (
    <Section title={t('ending.blocking')} says={t('ending.blocking.says')} id="blocage">
      <div class="stack-s">
        <Table
          rows={rows}
          columns={[
            { key: 'prescriber', label: t('funder.stock.prescriber'), cell: ({ holder }) => holder.name },
            {
              key: 'covers',
              label: t('ending.covers'),
              isCode: true,
              cell: ({ said }) => (said ? writeRanges(said.ranges) || t('ending.covers.none') : ''),
            },
            {
              key: 'day',
              label: t('ending.declared'),
              cell: ({ said }) => (said ? formats.day(said.declaredOn) : t('ending.undeclared')),
            },
          ]}
        />
        <p>
          <b>{t('ending.blocking.count', counted(props, plan.books))}</b>{' '}
          <span class="small soft code">{plan.sha256.slice(0, 16)}</span>
        </p>
        <Signed {...props} signatures={approvals} />
        {isLive && isFunder(props) && !own && (
          <form class="no-print" method="post" action={`${base}/fin/blocage`}>
            <input type="hidden" name="sha256" value={plan.sha256} />
            <button class="button button-main" type="submit">
              {t('ending.blocking.approve')}
            </button>
          </form>
        )}
      </div>
    </Section>
  )
}

/** Who signed, and who has not: a signature is never told by colour alone. */
function Signed({ t, formats, ending, signatures }: EndingProps & { signatures: EndingView['approvals'] }) {
  const waiting = ending.funderIds.length - signatures.length
  return (
    <ul class="plain-list">
      {signatures.map(({ funder, signedOn }) => (
        <li>
          <Tag tone="done">{t('ending.signed')}</Tag> {t('ending.signed.by', { funder, day: formats.day(signedOn) })}
        </li>
      ))}
      {waiting > 0 && (
        <li>
          <Tag tone="hold">{t('ending.waits')}</Tag> {t('ending.unsigned', { count: formats.number(waiting) })}
        </li>
      )}
    </ul>
  )
}

function LateSection(props: EndingProps) {
  const { t, ending, base, today, formats } = props
  if (!hasBegun(ending, 'late_handouts', today)) return null
  const own = ending.lateHandouts.some(({ funderId }) => funderId === props.person?.tenantId)
  return (
    <Section title={t('funder.ending.late_handouts')} id="tardives">
      <div class="stack-s">
        <p>{t('ending.late.says', { day: formats.day(ending.campaign.endsOn) })}</p>
        <Signed {...props} signatures={ending.lateHandouts} />
        {isFunder(props) && !own && ending.campaign.state !== 'closed' && (
          <form class="no-print" method="post" action={`${base}/fin/tardives`}>
            <button class="button button-main" type="submit">
              {t('ending.late.sign')}
            </button>
          </form>
        )}
      </div>
    </Section>
  )
}

function JointSection({ t, formats, ending, base }: EndingProps) {
  if (ending.statements.length === 0)
    return (
      <Section title={t('ending.joint')}>
        <p class="soft">{t('ending.joint.none')}</p>
      </Section>
    )
  const signed = (on: string | null) =>
    on === null ? <Tag tone="hold">{t('ending.waits')}</Tag> : <Tag tone="done">{formats.day(on)}</Tag>
  return (
    <Section title={t('ending.joint')} says={t('ending.joint.says')} id="etat" isWide>
      <Table
        rows={ending.statements}
        columns={[
          {
            key: 'statement',
            label: t('ending.joint'),
            cell: ({ id, number, funder }) => <a href={`${base}/etat/${id}`}>{`n° ${number}, ${funder}`}</a>,
          },
          { key: 'made', label: t('ending.joint.made'), cell: ({ madeOn }) => formats.day(madeOn) },
          {
            key: 'coordination',
            label: t('ending.joint.coordination'),
            cell: ({ coordinatorSignedOn }) => signed(coordinatorSignedOn),
          },
          { key: 'funder', label: t('ending.joint.funder'), cell: ({ funderSignedOn }) => signed(funderSignedOn) },
        ]}
      />
    </Section>
  )
}
