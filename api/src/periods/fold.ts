import type { fold } from '@carnet/db'

export type Fold = (typeof fold.enumValues)[number]

const fewestRedemptions = 11
const fewestBooks = 5
const fewestForServices = 110

/** How finely the services of a campaign may be told in one period, before anything is rounded. */
export function foldOf(redemptions: number, books: number): Fold {
  if (redemptions < fewestRedemptions || books < fewestBooks) return 'all'
  return redemptions < fewestForServices ? 'theme' : 'service'
}

/** This many redemptions need at least this many books. */
export const fewestBooksOf = (redemptions: number, bookSize: number): number => Math.ceil(redemptions / bookSize)

/** Books are looked at only when the number of redemptions leaves it open whether there are enough of them. */
export const mustCountBooks = (redemptions: number, bookSize: number): boolean =>
  redemptions >= fewestRedemptions && fewestBooksOf(redemptions, bookSize) < fewestBooks
