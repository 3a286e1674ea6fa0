import type { Batch } from '../../payouts/batch-queries.ts'
import type { Waiting } from '../../payouts/payout.ts'
import type { MessageKey } from '../../shared/messages.ts'
import { type Column, DataTable } from '../components/data-table.tsx'
import { arrange, type ListQuery } from '../components/list-query.ts'
import { NextPayment, Track, type TrackStep } from '../components/lists.tsx'
import { PageHead, Section } from '../components/page-head.tsx'
import { counted, Rich } from '../components/sentences.tsx'
import { Notice, Tag, type Tone } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { Answers, payoutTones } from './batch-answers.tsx'
import { LookFirst, type Oddities, oddityWords, withdrawColumn } from './batch-hints.tsx'
import { type BatchAct, type BatchLine, paidLines, spacedHash, sumOf } from './batch-view.ts'

export type BatchProps = PageProps & {
  batch: Batch
  lines: readonly BatchLine[]
  waiting: readonly Waiting[]
  pools: readonly { campaign: string; cents: number }[]
  oddities: Oddities
  names: ReadonlyMap<string, string>
  act: BatchAct
  query: ListQuery
}

export const batchTones: Record<Batch['state'], Tone> = {
  draft: 'plain',
  frozen: 'hold',
  approved: 'run',
  exported: 'run',
  sent: 'done',
}

/** May I approve this, what is in it, and what is held and why. */
export function BatchPage(props: BatchProps) {
  const { t, formats, here, batch, lines, query } = props
  const title = t('batch.title', { number: batch.number })
  const columns = [...columnsOf(props), ...withdrawColumn(props, batch)]
  const list = arrange(lines, query, {
    columns,
    textOf: ({ organisation, campaigns, account }) => `${organisation} ${campaigns} ${account}`,
    perPage: 40,
  })
  return (
    <Layout {...props} title={title} audience="coordinator" head={<Head {...props} title={title} />}>
      <Track steps={stepsOf(props)} />
      <Payment {...props} />
      <Answers {...props} />
      <Section
        title={t('batch.lines')}
        says={t(batch.state === 'draft' ? 'batch.lines.draft' : 'batch.lines.says')}
        isWide
      >
        {batch.state === 'frozen' && <LookFirst {...props} />}
        {lines.length > 0 && (
          <DataTable
            {...{ t, formats, here, columns, list, query }}
            searchLabel={t('batch.lines.search')}
            countSays={t('batch.lines.count', counted(props, list.total))}
            csvHref={`/coordination/remises/${batch.id}.csv`}
            isHeld={({ id, state }) =>
              state === 'rejected' ||
              state === 'returned' ||
              (batch.state === 'frozen' && (props.oddities.get(id) ?? []).length > 0)
            }
          />
        )}
        <HeldBack {...props} />
      </Section>
      <Section title={t('batch.hash')} says={t('batch.hash.says')}>
        {batch.sha256 === null ? (
          <p>{t('batch.hash.none')}</p>
        ) : (
          <dl class="stack-s">
            <div>
              <dt class="small soft">{t('batch.hash.of')}</dt>
              <dd class="code">{spacedHash(batch.sha256)}</dd>
            </div>
          </dl>
        )}
      </Section>
    </Layout>
  )
}

function Head(props: BatchProps & { title: string }) {
  const { t, formats, batch, lines, title } = props
  const paid = paidLines(lines)
  const facts = (
    <>
      <Tag tone={batchTones[batch.state]}>{t(`batch.${batch.state}`)}</Tag>{' '}
      <span>
        <b>{formats.euros(sumOf(paid))}</b>
      </span>{' '}
      <span>
        <Rich>{t('batch.organisations', counted(props, paid.length))}</Rich>
      </span>{' '}
      <span>
        <Rich>{t('batch.executes', { day: formats.day(batch.executesOn) })}</Rich>
      </span>
    </>
  )
  return (
    <PageHead
      title={title}
      facts={facts}
      crumbs={[{ href: '/coordination/remises', label: t('nav.batches') }, { label: title }]}
    />
  )
}

function stepsOf({ t, formats, batch, lines, names }: BatchProps): TrackStep[] {
  const order = ['draft', 'frozen', 'approved', 'exported', 'sent']
  const at = order.indexOf(batch.state)
  const by = (id: string | null) => (id === null ? '' : (names.get(id) ?? ''))
  const booked = lines.filter(({ state }) => state === 'booked').length
  const isAllBooked = lines.length > 0 && booked === paidLines(lines).length && batch.state !== 'draft'
  const state = (step: number): TrackStep['state'] => (at >= step ? 'done' : at === step - 1 ? 'current' : 'later')
  return [
    {
      title: t('batch.track.prepared'),
      says: [formats.day(batch.preparedOn), <br />, by(batch.preparedBy)],
      state: 'done',
    },
    { title: t(at === 0 ? 'batch.track.to_freeze' : 'batch.track.frozen'), state: state(1) },
    {
      title: t(at === 1 ? 'batch.track.to_approve' : 'batch.track.approved'),
      says: batch.approvedOn ? [formats.day(batch.approvedOn), <br />, by(batch.approvedBy)] : undefined,
      state: state(2),
    },
    {
      title: t(at === 2 ? 'batch.track.to_export' : 'batch.track.exported'),
      says: batch.exportedOn ? formats.day(batch.exportedOn) : t('batch.track.exported.says'),
      state: state(3),
    },
    {
      title: t('batch.track.booked'),
      says: t('batch.track.booked.says', {
        count: formats.number(booked),
        whole: formats.number(paidLines(lines).length),
      }),
      state: isAllBooked ? 'done' : 'later',
    },
  ]
}

function Payment(props: BatchProps) {
  const { t, formats, lines, pools } = props
  return (
    <NextPayment
      label={t('batch.to_pay')}
      title={t('batch.to_pay')}
      amount={formats.euros(sumOf(paidLines(lines)))}
      aside={<Act {...props} />}
    >
      <ul class="steps">
        {pools.map(({ campaign, cents }) => (
          <li>
            <span>{campaign}</span>
            <b>{formats.euros(cents)}</b>
          </li>
        ))}
      </ul>
    </NextPayment>
  )
}

/** The act says what it does and to how many before it is done. */
function Act(props: BatchProps) {
  const { t, formats, batch, lines, act } = props
  const size = { ...counted(props, paidLines(lines).length), amount: formats.euros(sumOf(paidLines(lines))) }
  const told = (title: MessageKey, says: MessageKey) => (
    <>
      <h2>{t(title)}</h2>
      <p>{t(says, size)}</p>
    </>
  )
  if (act === 'freeze')
    return lines.length === 0 ? (
      <p>{t('batch.nothing')}</p>
    ) : (
      <>
        {told('batch.freeze.title', 'batch.freeze.says')}
        <form method="post" action={`/coordination/remises/${batch.id}/arret`} class="no-print">
          <button class="button button-main" type="submit">
            {t('batch.freeze', size)}
          </button>
        </form>
      </>
    )
  if (act === 'approve')
    return (
      <>
        {told('batch.approve.title', 'batch.approve.says')}
        <form method="post" action={`/coordination/remises/${batch.id}/approbation`} class="no-print">
          <input type="hidden" name="sha256" value={batch.sha256 ?? ''} />
          <button class="button button-main" type="submit">
            {t('batch.approve', size)}
          </button>
        </form>
      </>
    )
  if (act === 'wait_for_other') return told('batch.approve.other', 'batch.approve.other.says')
  if (act === 'export')
    return (
      <>
        {told('batch.export.title', 'batch.export.says')}
        <form method="post" action={`/coordination/remises/${batch.id}/export`} class="no-print">
          <button class="button button-main" type="submit">
            {t('batch.export', size)}
          </button>
        </form>
      </>
    )
  if (act === 'download')
    return (
      <>
        {told('batch.file.title', 'batch.file.says')}
        <p class="acts-row no-print">
          {(['09', '03'] as const).map((version) => (
            <a class="button" href={`/api/v1/payment-batches/${batch.id}/pain.001.xml?version=${version}`}>
              {`pain.001.001.${version}`}
            </a>
          ))}
        </p>
      </>
    )
  if (batch.state === 'draft') return told('batch.read_only', 'batch.lines.draft')
  return told('batch.approved.title', 'batch.approved.says')
}

function HeldBack({ t, formats, waiting }: BatchProps) {
  if (waiting.length === 0) return null
  const amount = formats.euros(waiting.reduce((sum, { amountCents }) => sum + amountCents, 0))
  return (
    <Notice
      title={t('batch.waiting', { amount })}
      tone="wait"
      action={
        <a class="button" href="/coordination/attente/bank_account">
          {t('waiting.bank_account')}
        </a>
      }
    >
      <p>{t('batch.waiting.says')}</p>
      <ul>
        {waiting.map(({ legalName, amountCents, reason, until, note }) => (
          <li>
            <b>{legalName}</b>, {formats.euros(amountCents)}. {t(`wait.${reason}`)}
            {note && `. ${note}`}
            {until && `. ${t('wait.until', { day: formats.day(until) })}`}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function columnsOf({ t, locale, formats, oddities }: BatchProps): Column<BatchLine>[] {
  return [
    {
      key: 'organisation',
      label: t('batch.organisation'),
      sortBy: ({ organisation }) => organisation,
      cell: ({ id, organisation, failureReason, siret }) => [
        organisation,
        <small>{failureReason ?? siret}</small>,
        <small>{oddityWords(oddities.get(id) ?? [], { t, formats })}</small>,
      ],
    },
    { key: 'campaigns', label: t('batch.campaigns'), cell: ({ campaigns }) => campaigns },
    {
      key: 'amount',
      label: t('batch.amount'),
      isNumber: true,
      sortBy: ({ cents }) => cents,
      cell: ({ cents, vouchers }) => [
        formats.euros(cents),
        vouchers !== null && <small>{t('batch.vouchers', counted({ locale, formats }, vouchers))}</small>,
      ],
    },
    {
      key: 'account',
      label: t('batch.account'),
      cell: ({ account, bic }) => [<span class="code">{account}</span>, <small class="code">{bic}</small>],
    },
    {
      key: 'state',
      label: t('batches.state'),
      sortBy: ({ state }) => state ?? '',
      cell: ({ state }) =>
        state === null ? '' : <Tag tone={payoutTones[state] ?? 'plain'}>{t(`payout.${state}` as MessageKey)}</Tag>,
    },
  ]
}
