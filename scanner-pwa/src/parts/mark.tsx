import { type Silhouette, stateOf } from '../shown.ts'

const disc = <circle class="shape" cx="24" cy="24" r="21" />
const diamond = <path class="shape" d="M24 2.5L45.5 24 24 45.5 2.5 24z" />
const octagon = <path class="shape" d="M15.5 3.5h17l12 12v17l-12 12h-17l-12-12v-17z" />
const square = <rect class="shape" x="4" y="4" width="40" height="40" rx="8" />

const drawings: Record<Silhouette, [typeof disc, string]> = {
  accepted: [disc, 'M14 25l7 7 13.5-15'],
  kept: [square, 'M24 12v15M17.5 21.5L24 28l6.5-6.5M13 30v5h22v-5'],
  used_here: [diamond, 'M11.5 24.5l6 6L29 18M22.5 29l1.5 1.5L35.5 18'],
  used: [
    diamond,
    'M24 37s8.5-7.8 8.5-14a8.5 8.5 0 0 0-17 0c0 6.2 8.5 14 8.5 14zM25.5 22.5a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0z',
  ],
  refused: [octagon, 'M16 16l16 16M32 16L16 32'],
  unknown: [disc, 'M18 19a6 6 0 1 1 8.5 5.5C24.7 25.4 24 26.5 24 28.5M24 34.5v.1'],
  checked: [disc, 'M10 24s5-9 14-9 14 9 14 9-5 9-14 9-14-9-14-9zM26.5 24a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z'],
  undone: [disc, 'M19.5 14L14 19.5l5.5 5.5M14 19.5h13a7 7 0 0 1 0 14h-7'],
}

/** One silhouette per state: the shape alone tells them apart. */
export function Mark({ silhouette }: { silhouette: Silhouette }) {
  const [shape, glyph] = drawings[silhouette]
  return (
    <svg class="mark" data-state={stateOf(silhouette)} viewBox="0 0 48 48" aria-hidden="true">
      {shape}
      <path class="glyph" d={glyph} />
    </svg>
  )
}
