import type { Ordered } from '../../statistics/campaign-queries.ts'
import { PageHead, Section } from '../components/page-head.tsx'
import { counted } from '../components/sentences.tsx'
import { EmptyState, Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import type { Cell, FigureList, ListName } from './figure-lists.ts'
import type { AsOf } from './read-as-of.ts'

type ListProps = PageProps & {
  name: ListName
  list: FigureList
  asOf: AsOf
  base: string
  tenant: string | undefined
  /** Runs whose proof this person may approve. */
  proofs: readonly Ordered[]
}

/** What one figure of the campaign is made of, and its file. */
export function FigureListPage(props: ListProps) {
  const { t, formats, name, list, asOf, base, person, proofs } = props
  const title = t(`funder.list.${name}`)
  const { campaign, on } = asOf
  const crumbs = [
    { href: '/financeur', label: t('nav.campaigns') },
    { href: `${base}?au=${on}`, label: campaign.name },
    { label: title },
  ]
  const csv = (
    <a class="button" href={`${base}/${name}.csv?au=${on}`}>
      CSV
    </a>
  )
  return (
    <Layout
      {...props}
      title={`${title}, ${campaign.name}`}
      audience={person?.role === 'funder' ? 'funder' : 'coordinator'}
      head={
        <PageHead
          title={title}
          lede={t(`funder.list.${name}.says`)}
          facts={t('funder.as_of', { day: formats.day(on) })}
          tools={csv}
          crumbs={crumbs}
        />
      }
    >
      {proofs.map((run) => (
        <ProofForm {...props} run={run} />
      ))}
      <Section title={campaign.name} isWide>
        {list.rows.length === 0 ? (
          <EmptyState title={t('funder.list.empty')}>{t(`funder.list.${name}.says`)}</EmptyState>
        ) : (
          <Rows {...props} />
        )}
      </Section>
    </Layout>
  )
}

const shown = (cell: Cell, head: string) => (
  <td class={cell.isNumber ? 'n' : undefined} data-th={head}>
    {cell.text}
  </td>
)

function Rows({ t, list }: ListProps) {
  const heads = list.heads.map((key) => t(key))
  const isNumber = (at: number) => list.rows[0]?.[at]?.isNumber
  return (
    <table class="cards">
      <thead>
        <tr>
          {heads.map((head, at) => (
            <th scope="col" class={isNumber(at) ? 'n' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {list.rows.map(([first, ...cells]) => (
          <tr>
            <th scope="row">{first!.text}</th>
            {cells.map((cell, at) => shown(cell, heads[at + 1]!))}
          </tr>
        ))}
      </tbody>
      {list.total && (
        <tfoot>
          <tr>
            <th scope="row">{list.total[0]!.text}</th>
            {list.total.slice(1).map((cell, at) => shown(cell, heads[at + 1]!))}
          </tr>
        </tfoot>
      )}
    </table>
  )
}

/** The only act of a funder on its page: nothing is printed without it. */
function ProofForm(props: ListProps & { run: Ordered }) {
  const { t, formats, run, asOf, base } = props
  const worth = {
    ...counted(props, run.books),
    amount: formats.wholeEuros(run.books * asOf.campaign.bookSize * asOf.campaign.faceValueCents),
  }
  return (
    <div class="notices">
      <Notice
        title={t('funder.proof', worth)}
        tone="wait"
        action={
          <form method="post" action={`${base}/tirages/${run.id}/bon-a-tirer`} class="no-print">
            <button class="button button-main" type="submit">
              {t('funder.proof.approve', worth)}
            </button>
          </form>
        }
      >
        <p>{t('funder.proof.says', worth)}</p>
        <p class="no-print">
          <a href={`/api/v1/print-runs/${run.id}/proof.pdf`}>{t('printing.proof.funder')}</a>
        </p>
      </Notice>
    </div>
  )
}
