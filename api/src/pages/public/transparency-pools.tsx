import { type PoolOn, type Sums, sumPools } from '../../treasury/pool.ts'
import type { Transparency } from '../../treasury/read-transparency.ts'
import { PoolBars, PoolKeys } from '../charts/pool.tsx'
import { Table } from '../components/data-table.tsx'
import type { PageProps } from '../page-props.tsx'

type Props = PageProps & { facts: Transparency }

const columns = ['bankCents', 'owedCents', 'issuedCents', 'freeCents', 'apartCents', 'owesCents'] as const
/** Past so many a page would be long: each paying account is drawn as one, and the table tells the campaigns. */
const mostDrawn = 24

const labelsOf = ({ t }: Pick<PageProps, 't'>): Record<keyof Sums, string> => ({
  bankCents: t('transparency.bank'),
  owedCents: t('transparency.pool.owed'),
  issuedCents: t('transparency.pool.issued'),
  freeCents: t('transparency.pool.free'),
  apartCents: t('transparency.pool.apart'),
  owesCents: t('transparency.pool.owes'),
})

/** Per paying account and per campaign: bars of equal length, and the table beside them. */
export function Pools(props: Props) {
  const { t, facts } = props
  const labels = labelsOf(props)
  const accounts = [...new Map(facts.pools.map((pool) => [pool.payingAccountId, pool.account]))].map(([id, name]) => ({
    name,
    pools: facts.pools.filter(({ payingAccountId }) => payingAccountId === id),
  }))
  const isShort = facts.pools.length <= mostDrawn
  const drawn = isShort ? facts.pools : accounts.map(({ pools }) => sumPools(pools))
  const largest = Math.max(1, ...drawn.map(({ bankCents, owesCents }) => bankCents + owesCents))
  return (
    <div class="stack">
      <PoolKeys whole={sumPools(facts.pools)} labels={labels} />
      {accounts.map(({ name, pools }) => (
        <>
          {accounts.length > 1 && <h3>{name}</h3>}
          {isShort ? (
            pools.map((pool) => (
              <PoolBars pool={pool} largest={largest}>
                <b>{nameOf(pool, t)}</b> <span class="small soft">{whoPays(props, pool)}</span>
              </PoolBars>
            ))
          ) : (
            <PoolBars pool={sumPools(pools)} largest={largest}>
              <b>{t('transparency.account.whole')}</b>
            </PoolBars>
          )}
          <PoolTable {...props} pools={pools} labels={labels} />
        </>
      ))}
    </div>
  )
}

const nameOf = ({ campaign }: PoolOn, t: PageProps['t']) => campaign ?? t('transparency.pool.common')

const whoPays = ({ facts, formats }: Props, { campaignId }: PoolOn): string =>
  facts.funders
    .filter((funder) => funder.campaignId === campaignId)
    .map(({ name, partCents, faceCents }) =>
      partCents === faceCents ? name : `${name} ${formats.percent(partCents / faceCents).replace(/[,.]0/, '')}`,
    )
    .join(', ')

type TableProps = Props & { pools: readonly PoolOn[]; labels: Record<keyof Sums, string> }

function PoolTable({ pools, labels, t, formats }: TableProps) {
  const total = sumPools(pools)
  const shown = columns.filter((of) => of === 'bankCents' || total[of] > 0)
  return (
    <Table
      rows={pools}
      columns={[
        { key: 'pool', label: t('transparency.pool'), cell: (pool) => nameOf(pool, t) },
        ...shown.map((of) => ({
          key: of,
          label: labels[of],
          isNumber: true,
          cell: (pool: PoolOn) => formats.euros(pool[of]),
        })),
      ]}
      foot={
        <tr>
          <th scope="row">{t('transparency.total')}</th>
          {shown.map((of) => (
            <td class="n" data-th={labels[of]}>
              {formats.euros(total[of])}
            </td>
          ))}
        </tr>
      }
    />
  )
}
