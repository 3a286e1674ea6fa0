import highsLoader from 'highs'

/** What somebody knows of a sum of unknown counts: it lies between `least` and `most`. */
export type Known = { parts: readonly number[]; least: number; most: number }
export type Bounds = { least: number; most: number }

const nameOf = (part: number) => `x${part}`
const termsPerLine = 40
const rounding = 1e-6

function sumText(parts: readonly number[]): string {
  const lines: string[] = []
  for (let at = 0; at < parts.length; at += termsPerLine)
    lines.push(
      parts
        .slice(at, at + termsPerLine)
        .map(nameOf)
        .join(' + '),
    )
  return lines.join('\n + ')
}

/**
 * Asks what the least and the most is that a sum can be, given all that is known. The unknowns are whole numbers from zero; the
 * bounds are those of the linear programme, taken to whole numbers, as an attacker with an evening would.
 */
export async function createAttacker(known: readonly Known[]) {
  const highs = await highsLoader()
  const rows = known.flatMap(({ parts, least, most }, at) =>
    least === most
      ? [` k${at}: ${sumText(parts)} = ${least}`]
      : [
          ...(least > 0 ? [` l${at}: ${sumText(parts)} >= ${least}`] : []),
          ...(Number.isFinite(most) ? [` m${at}: ${sumText(parts)} <= ${most}`] : []),
        ],
  )
  const used = [...new Set(known.flatMap(({ parts }) => parts))]
  const rest = `Subject To\n${rows.join('\n')}\nBounds\n${used.map((part) => ` ${nameOf(part)} >= 0`).join('\n')}\nEnd`

  function reach(direction: 'Minimize' | 'Maximize', parts: readonly number[]): number {
    const { Status, ObjectiveValue } = highs.solve(`${direction}\n goal: ${sumText(parts)}\n${rest}`)
    if (Status === 'Unbounded' || Status === 'Primal infeasible or unbounded') return Number.POSITIVE_INFINITY
    if (Status !== 'Optimal') throw new Error(`What is published cannot be: ${Status}`)
    return ObjectiveValue
  }

  return {
    boundsOf: (parts: readonly number[]): Bounds => ({
      least: Math.ceil(reach('Minimize', parts) - rounding),
      most: Math.floor(reach('Maximize', parts) + rounding),
    }),
  }
}
