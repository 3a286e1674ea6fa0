import { checkNames } from '../../payouts/invariants.ts'
import { dayOf } from '../../shared/days.ts'
import { sumCents } from '../../shared/money.ts'
import type { Transparency } from '../../treasury/read-transparency.ts'
import { Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import { Tag } from '../components/states.tsx'
import { hrefWith, type PageProps } from '../page-props.tsx'

type Props = PageProps & { facts: Transparency }

/** Our books beside what the bank says, account by account. */
export const BankStatements = ({ facts: { accounts, pools }, t, formats }: Props) => (
  <Table
    rows={accounts}
    columns={[
      { key: 'account', label: t('transparency.account'), cell: ({ name }) => name },
      {
        key: 'books',
        label: t('transparency.statements.books'),
        isNumber: true,
        cell: ({ payingAccountId: id }) =>
          formats.euros(sumCents(pools.filter((one) => one.payingAccountId === id).map((one) => one.bankCents))),
      },
      {
        key: 'bank',
        label: t('transparency.statements.bank'),
        isNumber: true,
        cell: ({ last }) =>
          last ? (
            <>
              {formats.euros(last.balanceCents)}
              <small>{t('transparency.statements.on', { day: formats.day(last.endsOn) })}</small>
            </>
          ) : (
            '–'
          ),
      },
      {
        key: 'state',
        label: t('transparency.statements.state'),
        cell: ({ last }) =>
          !last ? (
            <Tag tone="hold">{t('transparency.statements.untold')}</Tag>
          ) : last.differenceCents === 0 ? (
            <Tag tone="done">{t('transparency.statements.equal')}</Tag>
          ) : (
            <Tag tone="stop">{t('transparency.statements.apart', { cents: formats.euros(last.differenceCents) })}</Tag>
          ),
      },
    ]}
  />
)

/** Evening after evening; each leads to the whole page as it was then. */
export const History = ({ facts: { history, asOf }, t, formats, here }: Props) => (
  <Table
    rows={history}
    columns={[
      {
        key: 'on',
        label: t('transparency.history.on'),
        cell: ({ on }) =>
          on === asOf ? (
            <b aria-current="true">{formats.day(on)}</b>
          ) : (
            <a href={hrefWith(here, { au: on })}>{formats.day(on)}</a>
          ),
      },
      {
        key: 'bank',
        label: t('transparency.bank'),
        isNumber: true,
        cell: ({ sums }) => formats.euros(sums.bankCents),
      },
      {
        key: 'owed',
        label: t('transparency.pool.owed'),
        isNumber: true,
        cell: ({ sums }) => formats.euros(sums.owedCents),
      },
      {
        key: 'issued',
        label: t('transparency.pool.issued'),
        isNumber: true,
        cell: ({ sums }) => formats.euros(sums.issuedCents),
      },
      {
        key: 'covered',
        label: t('transparency.history.covered'),
        isNumber: true,
        cell: ({ sums: { bankCents, owedCents, issuedCents } }) =>
          owedCents + issuedCents === 0 ? '–' : formats.percent(bankCents / (owedCents + issuedCents)),
      },
    ]}
  />
)

/** What must be true, in plain words, and whether it was at the last run. */
export function Checks({ facts: { lastRun, lastBroken, accounts }, t, formats }: Props) {
  const broken = lastRun?.brokenChecks ?? []
  const isUntold = (name: string) =>
    !lastRun || (name === 'bank_equals_last_statement' && accounts.some(({ last }) => last === null))
  const says = lastRun
    ? t('transparency.checks.right', {
        ...{ day: formats.day(dayOf(lastRun.ranAt)), time: formats.time(lastRun.ranAt) },
        ...{
          right: lastRun.checkCount - broken.length - checkNames.filter(isUntold).length,
          count: lastRun.checkCount,
        },
      })
    : t('transparency.checks.never')
  const before = lastBroken && t('transparency.checks.before', { day: formats.day(dayOf(lastBroken.ranAt)) })
  return (
    <Section title={t('transparency.checks')} says={[says, before].filter(Boolean).join(' ')}>
      <Table
        rows={checkNames}
        columns={[
          {
            key: 'check',
            label: t('transparency.checks.what'),
            cell: (name) => <span class="plain">{t(`check.${name}`)}</span>,
          },
          {
            key: 'state',
            label: t('transparency.checks.state'),
            cell: (name) =>
              isUntold(name) ? (
                <Tag tone="hold">{t('transparency.checks.untold')}</Tag>
              ) : broken.includes(name) ? (
                <Tag tone="stop">{t('transparency.checks.wrong')}</Tag>
              ) : (
                <Tag tone="done">{t('transparency.checks.ok')}</Tag>
              ),
          },
        ]}
      />
    </Section>
  )
}
