import { dayOf } from '../../shared/days.ts'
import { type Cents, sumCents } from '../../shared/money.ts'
import type { PoolOn } from '../../treasury/balance-queries.ts'
import type { Transparency } from '../../treasury/read-transparency.ts'
import { Table } from '../components/data-table.tsx'
import { Answers, PageHead, Section } from '../components/page-head.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'

type Props = PageProps & { facts: Transparency }
const columns = ['bankCents', 'owedCents', 'issuedCents', 'freeCents', 'apartCents'] as const
const totalOf = (pools: readonly PoolOn[], of: (typeof columns)[number]): Cents =>
  sumCents(pools.map((pool) => pool[of]))

/** Can they pay? What lies in the bank, what is owed of it, and the last check. */
export function TransparencyPage({ facts, ...page }: Props) {
  const { t } = page
  const isBroken = (facts.lastRun?.brokenChecks.length ?? 0) > 0
  const title = isBroken ? 'transparency.broken' : facts.pools.length > 0 ? 'transparency.there' : 'transparency.empty'
  return (
    <Layout {...page} title={t('nav.transparency')} head={<PageHead title={t(title)} lede={t('transparency.lede')} />}>
      <Sums facts={facts} {...page} />
      <Section title={t('transparency.pools')} says={t('transparency.pools.says')}>
        <div>
          <Pools facts={facts} {...page} />
          <p class="under no-print">
            <a href="/transparence.csv">{t('transparency.csv')}</a>
          </p>
        </div>
      </Section>
      <Section title={t('transparency.checks')}>
        <Checks facts={facts} {...page} />
      </Section>
      <Section title={t('transparency.how')}>
        <div class="stack-s">
          <p>{t('transparency.how.1')}</p>
          <p>{t('transparency.how.2')}</p>
        </div>
      </Section>
    </Layout>
  )
}

function Sums({ facts: { pools, accounts }, t, formats }: Props) {
  const [bank, owed, issued, free] = columns.map((of) => totalOf(pools, of)) as [Cents, Cents, Cents, Cents]
  const figure = (cents: Cents, of: string[]) => (
    <>
      <p class="big">{formats.euros(cents)}</p>
      {of.map((line) => (
        <p class="small soft">{line}</p>
      ))}
    </>
  )
  const reconciled = accounts.map(({ name, last }) => {
    const says = !last
      ? t('transparency.bank.untold')
      : last.differenceCents === 0
        ? t('transparency.bank.told', { day: formats.day(last.endsOn) })
        : t('transparency.bank.apart', { day: formats.day(last.endsOn), cents: formats.euros(last.differenceCents) })
    return `${name}, ${says}`
  })
  return (
    <Answers
      parts={[
        { title: t('transparency.bank'), body: figure(bank, reconciled) },
        {
          title: t('transparency.owed'),
          body: figure(sumCents([owed, issued]), [
            t('transparency.owed.of', { owed: formats.euros(owed), issued: formats.euros(issued) }),
          ]),
        },
        { title: t('transparency.free'), body: figure(free, [t('transparency.free.of')]) },
      ]}
    />
  )
}

function Pools({ facts: { pools }, t, formats }: Props) {
  const labels = {
    bankCents: t('transparency.bank'),
    owedCents: t('transparency.pool.owed'),
    issuedCents: t('transparency.pool.issued'),
    freeCents: t('transparency.pool.free'),
    apartCents: t('transparency.pool.apart'),
  }
  return (
    <Table
      rows={pools}
      columns={[
        {
          key: 'pool',
          label: t('transparency.pool'),
          cell: ({ campaign, account }) => campaign ?? t('transparency.pool.common', { account }),
        },
        ...columns.map((of) => ({
          key: of,
          label: labels[of],
          isNumber: true,
          cell: (pool: PoolOn) => formats.euros(pool[of]),
        })),
      ]}
      foot={
        <tr>
          <th scope="row">{t('transparency.total')}</th>
          {columns.map((of) => (
            <td class="n" data-th={labels[of]}>
              {formats.euros(totalOf(pools, of))}
            </td>
          ))}
        </tr>
      }
    />
  )
}

function Checks({ facts: { lastRun, lastBroken }, t, formats }: Props) {
  if (!lastRun) return <p>{t('transparency.checks.never')}</p>
  const wrong = lastRun.brokenChecks.length
  const on = dayOf(lastRun.ranAt)
  const says = t('transparency.checks.right', {
    ...{ day: formats.day(on), time: formats.time(lastRun.ranAt) },
    ...{ right: lastRun.checkCount - wrong, count: lastRun.checkCount },
  })
  return (
    <Notice tone={wrong > 0 ? 'stop' : 'good'} title={says}>
      {lastBroken ? t('transparency.checks.before', { day: formats.day(dayOf(lastBroken.ranAt)) }) : ''}
    </Notice>
  )
}
