import type { Child } from 'hono/jsx'
import type { Sums } from '../../treasury/pool.ts'
import { Hatching } from '../components/pictures.tsx'

type Piece = { of: keyof Sums; fill: string | null }

/** Above what is there, below what it is for; no fill is hatched. */
const above: readonly Piece[] = [
  { of: 'bankCents', fill: 'fill' },
  { of: 'owesCents', fill: 'fill-muted' },
]
const below: readonly Piece[] = [
  { of: 'owedCents', fill: 'fill-2' },
  { of: 'issuedCents', fill: 'fill-4' },
  { of: 'freeCents', fill: null },
  { of: 'apartCents', fill: 'fill-3' },
]
const [width, height, hatching] = [918, 20, 'pool-free']

/** The legend of all pools of a page, and their hatching; what no pool has is left out. */
export const PoolKeys = ({ whole, labels }: { whole: Sums; labels: Record<keyof Sums, string> }) => (
  <>
    <svg width="0" height="0" aria-hidden="true">
      <defs>
        <Hatching id={hatching} />
      </defs>
    </svg>
    <ul class="keys">
      {[...above, ...below]
        .filter(({ of }) => of === 'bankCents' || whole[of] > 0)
        .map(({ of, fill }) => (
          <li>
            <svg width="18" height="12" aria-hidden="true">
              <rect x="0.500" y="0.500" width="17" height="11" {...look(fill)} />
            </svg>
            {labels[of]}
          </li>
        ))}
    </ul>
  </>
)

const look = (fill: string | null) => (fill ? { class: fill } : { fill: `url(#${hatching})`, class: 's-strong' })

/** Equal length is the proof. One scale for all pools of a page; the figures stand in a table. */
export const PoolBars = ({ pool, largest, children }: { pool: Sums; largest: number; children: Child }) => (
  <figure class="pool">
    <figcaption>{children}</figcaption>
    <svg viewBox={`0 0 ${width} 54`} preserveAspectRatio="none" aria-hidden="true">
      <Row pool={pool} largest={largest} pieces={above} y={2} />
      <Row pool={pool} largest={largest} pieces={below} y={32} />
    </svg>
  </figure>
)

function Row({ pool, largest, pieces, y }: { pool: Sums; largest: number; pieces: readonly Piece[]; y: number }) {
  let end = 0
  return (
    <>
      {pieces.map(({ of, fill }) => {
        if (pool[of] === 0) return null
        const start = end
        end += (pool[of] / largest) * width
        return <rect x={start.toFixed(1)} y={y} width={(end - start).toFixed(1)} height={height} {...look(fill)} />
      })}
    </>
  )
}
