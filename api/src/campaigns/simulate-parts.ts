import { type Cents, timesCents } from '../shared/money.ts'

const stateRates = { least: 20, most: 65 }
export type Plan = { books: number; bookSize: number; faceEuros: number; statePercent: number; usedPercent: number }
export type Share = { partCents: Cents; paysCents: Cents; spentCents: Cents; backCents: Cents }

/** What may be asked of the simulator, as of a campaign: whole numbers between these. */
export const planBounds: Record<keyof Plan, readonly [number, number]> = {
  books: [50, 1_000_000],
  bookSize: [1, 50],
  faceEuros: [1, 255],
  statePercent: [stateRates.least, stateRates.most],
  usedPercent: [0, 100],
}

/** The fields of a plan that no campaign could have. */
export const wrongFields = (plan: Plan): (keyof Plan)[] =>
  (Object.keys(planBounds) as (keyof Plan)[]).filter((field) => {
    const [least, most] = planBounds[field]
    return !Number.isInteger(plan[field]) || plan[field] < least || plan[field] > most
  })

/**
 * Who pays what for a campaign that the State shares in, and what comes back when vouchers stay unused. A face value is whole
 * euros and a rate whole percents, so a part of a voucher is whole cents: nothing is rounded, and the parts add up.
 */
export function simulateParts({ books, bookSize, faceEuros, statePercent, usedPercent }: Plan) {
  const vouchers = books * bookSize
  const used = Math.floor((vouchers * usedPercent) / 100)
  const share = (percent: number): Share => {
    const partCents = (faceEuros * percent) as Cents
    return {
      partCents,
      paysCents: timesCents(vouchers, partCents),
      spentCents: timesCents(used, partCents),
      backCents: timesCents(vouchers - used, partCents),
    }
  }
  return { vouchers, used, whole: share(100), state: share(statePercent), others: share(100 - statePercent) }
}
