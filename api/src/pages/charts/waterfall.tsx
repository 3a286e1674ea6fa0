import type { Child } from 'hono/jsx'
import { Hatching } from '../components/pictures.tsx'

export type WaterfallStep = {
  label: string
  /** What is written: `120 000 €`. */
  value: string
  /** What is drawn. */
  amount: number
  of: Child
  href?: string
  /** What stayed at this step instead of passing on. */
  held?: { value: string; label: string; href?: string }
  /** `pale` before anything was used, `main` for what was used, `split` for a part of the step named `main`. */
  look?: 'pale' | 'mid' | 'main' | 'split'
}

type WaterfallProps = {
  steps: readonly WaterfallStep[]
  /** "Hachures : ce qui n’est pas passé à l’étape suivante". */
  says: string
  /** States still at zero: one quiet line, never hidden. */
  later?: Child
}

const [width, height, gap] = [1180, 190, 4]
const round = (value: number) => Math.round(value * 10) / 10
const splitFills = ['fill-2', 'fill-4', 'fill']

type Drawn = { step: WaterfallStep; fill: string; top: number; size: number; heldSize: number }

/** Solid = passed on, hatched = stayed at this step. The steps marked `split` divide the main one and add up to it. */
function drawSteps(steps: readonly WaterfallStep[]): Drawn[] {
  const largest = Math.max(1, ...steps.map(({ amount }) => amount))
  const sizeOf = (amount: number) => (amount / largest) * height
  let before = 0
  let splitTop: number | undefined
  let splits = 0
  return steps.map((step, at) => {
    const size = sizeOf(step.amount)
    if (step.look === 'split') {
      const top = splitTop ?? height - before
      splitTop = top + size
      return { step, fill: splitFills[splits++ % splitFills.length]!, top, size, heldSize: 0 }
    }
    const heldSize = at === 0 ? 0 : Math.max(0, before - size)
    before = size
    const fill = step.look === 'main' ? 'fill' : step.look === 'mid' ? 'fill-mid' : 'fill-soft'
    return { step, fill, top: height - size, size, heldSize }
  })
}

/** The way of the money, step by step: text in HTML, the stairs in one picture, and a list of bars on a phone. */
export function Waterfall({ steps, says, later }: WaterfallProps) {
  const drawn = drawSteps(steps)
  const largest = Math.max(1, ...steps.map(({ amount }) => amount))
  const columns = `waterfall of-${steps.length}`
  return (
    <>
      <ol class={columns}>
        {steps.map(({ label, value, of, href, amount, look }, at) => (
          <li class={look === 'main' ? 'strong' : undefined}>
            <span class="label">{label}</span>
            <div class="value">{href ? <a href={href}>{value}</a> : value}</div>
            <svg class="mini" aria-hidden="true">
              <rect width={`${round((amount / largest) * 100)}%`} height="100%" class={drawn[at]!.fill} />
            </svg>
            <div class="of">{of}</div>
          </li>
        ))}
      </ol>
      <Stairs drawn={drawn} says={says} />
      {steps.some(({ held }) => held) && (
        <ul class={columns.replace('waterfall', 'leaves')}>
          {steps.map(({ held }) => (
            <li>
              {held && (
                <>
                  <b>{held.value}</b> {held.href ? <a href={held.href}>{held.label}</a> : held.label}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {later && <div class="later">{later}</div>}
    </>
  )
}

function Stairs({ drawn, says }: { drawn: readonly Drawn[]; says: string }) {
  const step = Math.floor(width / drawn.length)
  const block = (at: number, top: number, size: number) =>
    `M${at * step} ${round(top)}h${step - gap}v${round(size)}h${gap - step}z`
  const fills = [...new Set(drawn.map(({ fill }) => fill))]
  const pathOf = (pathAt: (one: Drawn, at: number) => string) => drawn.map(pathAt).join('')
  return (
    <svg
      class="stairs"
      viewBox={`0 0 ${width} ${height + 2}`}
      width={width}
      height={height + 2}
      role="img"
      aria-label={says}
    >
      <defs>
        <Hatching id="stayed" />
      </defs>
      <path
        d={pathOf(({ top, heldSize }, at) => (heldSize > 0.5 ? block(at, top - heldSize, heldSize) : ''))}
        fill="url(#stayed)"
      />
      {fills.map((wanted) => (
        <path
          d={pathOf(({ fill, top, size }, at) => (fill === wanted ? block(at, top, Math.max(1, size)) : ''))}
          class={wanted}
        />
      ))}
      <path d={pathOf(({ top }, at) => `M${at * step} ${round(top)}h${step - gap}`)} class="cap" />
      <path d={`M0 ${height + 0.5}H${step * drawn.length - gap}`} class="axis" />
    </svg>
  )
}
