import { Hatching } from '../components/pictures.tsx'

/** One small chart: a bar for each span, `null` where the count is secret, undefined where there was no cell. */
export type Multiple = {
  label: string
  /** The newest count, in words. */
  newest: string
  values: readonly (number | null | undefined)[]
}

const [width, height, top, floor] = [360, 112, 4, 92]
const hiddenUpTo = 10

/** A round number that the largest bar does not exceed by much. */
function scaleOf(values: readonly (number | null | undefined)[]): { most: number; tick: number } {
  const largest = Math.max(hiddenUpTo, ...values.map((value) => value ?? hiddenUpTo))
  const step = 10 ** Math.floor(Math.log10(largest))
  const tick = [5, 2, 1].map((times) => times * step).find((one) => one <= largest) ?? step
  return { most: largest * 1.05, tick }
}

const round = (value: number) => Math.round(value * 10) / 10

type MultiplesProps = {
  items: readonly Multiple[]
  /** Below the first bar and below the last. */
  ends: readonly [first: string, last: string]
  format: (count: number) => string
}

/** Small charts on one scale, so that places can be compared; hatched up to ten where a count is secret. */
export function Multiples({ items, ends, format }: MultiplesProps) {
  const { most, tick } = scaleOf(items.flatMap(({ values }) => values))
  const y = (count: number) => round(floor - (count / most) * (floor - top))
  return (
    <div class="multiples">
      <svg width="0" height="0" aria-hidden="true">
        <Hatching id="secret" />
      </svg>
      {items.map(({ label, newest, values }) => (
        <figure class="chart">
          <figcaption>
            <b>{label}</b>
            <span>{newest}</span>
          </figcaption>
          <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
            <path d={`M0 ${floor}H${width}M0 ${y(tick)}H${width}`} class="grid" />
            {values.map((value, at) => (
              <Column value={value} at={at} count={values.length} y={y} />
            ))}
            <path d={`M0 ${floor}H${width}`} class="axis" />
            <text x="0" y={y(tick) - 4} class="t-soft">
              {format(tick)}
            </text>
            <text x="0" y="108" class="t-soft">
              {ends[0]}
            </text>
            {values.length > 1 && (
              <text x={width} y="108" text-anchor="end" class="t-soft">
                {ends[1]}
              </text>
            )}
          </svg>
        </figure>
      ))}
    </div>
  )
}

type ColumnProps = { value: number | null | undefined; at: number; count: number; y: (count: number) => number }

function Column({ value, at, count, y }: ColumnProps) {
  if (value === undefined) return null
  const space = width / Math.max(count, 4)
  const place = { x: round(at * space + space * 0.05), width: round(space * 0.9) }
  if (value === null)
    return (
      <rect
        {...place}
        y={y(hiddenUpTo)}
        height={round(floor - y(hiddenUpTo))}
        fill="url(#secret)"
        class="s-strong"
        stroke-dasharray="2 2"
      />
    )
  return (
    <rect {...place} y={y(value)} height={round(floor - y(value))} class={at === count - 1 ? 'fill' : 'fill-mid'} />
  )
}
