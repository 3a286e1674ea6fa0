/**
 * The value below which a share of the others lies: 0.5 is the median. Between two values it lies between them. Pure.
 * Of no value at all it is `NaN`: who asks has counted them.
 */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place % 1)
}
