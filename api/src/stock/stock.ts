/**
 * Where books lie, and how many are left there: worked out from dated facts about ranges of covers, for any day. How many were
 * handed out is a count of the month; which ones is known to nobody, so a stock is a number and never a list of covers. Pure.
 */
import type { stopReason } from '@carnet/db'
import type { CoverRange } from '../books/box.ts'
import { booksIn, common, overlaps, without } from '../books/cover-ranges.ts'
import type { GapState } from '../books/delivery.ts'
import { addDays, type Day, lastMonthEnd, type Month } from '../shared/days.ts'

/** A prescriber; null is the stock of the campaign, kept by the coordination for its funders. */
export type Depository = string | null
type StopReason = (typeof stopReason.enumValues)[number]

type BoxFact = CoverRange & {
  prescriberId: string | null
  generatedOn: Day
  dispatchedOn: Day | null
  deliveredOn: Day | null
  activatedOn: Day | null
  revokedOn: Day | null
}
type GapFact = CoverRange & { state: GapState; reportedOn: Day; settledOn: Day | null; activatedOn: Day | null }
type MoveFact = CoverRange & {
  from: Depository
  to: Depository
  declaredOn: Day
  receivedOn: Day | null
  cancelledOn: Day | null
}
/** Only orders over books that lay in a stock. */
type StopFact = CoverRange & { reason: StopReason; orderedOn: Day; liftedOn: Day | null }
type HandoutFact = { prescriberId: string; month: Month; books: number; replacements: number }

export type StockFacts = {
  boxes: readonly BoxFact[]
  gaps: readonly GapFact[]
  moves: readonly MoveFact[]
  stops: readonly StopFact[]
  handouts: readonly HandoutFact[]
}

/** Books of one place and one standing: `here`, on their way to it, missing from their box, or out of the stock and why. */
export type Piece = CoverRange & {
  at: Depository
  standing: 'here' | 'way' | 'missing' | 'never_arrived' | StopReason
  isActive: boolean
}

const isBy = (on: Day | null, day: Day): boolean => on !== null && on <= day

/** Where every book lay at the end of a day. */
export function piecesOn(facts: StockFacts, day: Day): Piece[] {
  let pieces = facts.boxes
    .filter(({ generatedOn, revokedOn }) => generatedOn <= day && !isBy(revokedOn, day))
    .map((box) => pieceOf(box, day))
  for (const gap of facts.gaps.filter(({ reportedOn }) => reportedOn <= day))
    pieces = painted(pieces, gap, (piece) => ({ ...piece, ...standingOf(gap, day) }))
  for (const move of inOrder(facts.moves, day))
    pieces = painted(pieces, move, (piece) => ({
      ...piece,
      at: move.to,
      standing: isBy(move.receivedOn, day) ? 'here' : 'way',
    }))
  for (const stop of facts.stops.filter(({ orderedOn, liftedOn }) => orderedOn <= day && !isBy(liftedOn, day)))
    pieces = painted(pieces, stop, (piece) => (piece.standing === 'here' ? { ...piece, standing: stop.reason } : piece))
  return pieces
}

function pieceOf(box: BoxFact, day: Day): Piece {
  const { firstCover, lastCover } = box
  const isSent = isBy(box.dispatchedOn ?? box.deliveredOn, day)
  return {
    firstCover,
    lastCover,
    at: isSent ? box.prescriberId : null,
    standing: isSent && !isBy(box.deliveredOn, day) ? 'way' : 'here',
    isActive: isBy(box.activatedOn, day),
  }
}

function standingOf(gap: GapFact, day: Day): Pick<Piece, 'standing' | 'isActive'> {
  if (!isBy(gap.settledOn, day)) return { standing: 'missing', isActive: false }
  return gap.state === 'arrived'
    ? { standing: 'here', isActive: isBy(gap.activatedOn, day) }
    : { standing: 'never_arrived', isActive: false }
}

/** Moves of one book follow each other, even within a day: one begins where the one before ended. */
function inOrder(moves: readonly MoveFact[], day: Day): MoveFact[] {
  const waiting = moves
    .filter(({ declaredOn, cancelledOn }) => declaredOn <= day && !isBy(cancelledOn, day))
    .toSorted((a, b) => (rankOf(a) < rankOf(b) ? -1 : 1))
  const ordered: MoveFact[] = []
  while (waiting.length > 0) {
    const follows = (next: MoveFact) => {
      const before = ordered.findLast((move) => overlaps(move, next))
      return before ? before.to === next.from : !waiting.some((move) => move !== next && comesBefore(move, next))
    }
    const [next] = waiting.splice(Math.max(0, waiting.findIndex(follows)), 1)
    ordered.push(next!)
  }
  return ordered
}

const rankOf = ({ declaredOn, receivedOn }: MoveFact): string => `${declaredOn} ${receivedOn ?? '9999-12-31'}`
const comesBefore = (a: MoveFact, b: MoveFact): boolean =>
  overlaps(a, b) && (rankOf(a) < rankOf(b) || (rankOf(a) === rankOf(b) && a.from !== null && b.from === null))

/** The pieces of a range are cut out and changed; the others stay. */
function painted(pieces: readonly Piece[], range: CoverRange, change: (piece: Piece) => Piece): Piece[] {
  return pieces.flatMap((piece) =>
    overlaps(piece, range)
      ? [
          ...without(piece, [range]).map((rest) => ({ ...piece, ...rest })),
          change({ ...piece, ...common(piece, range) }),
        ]
      : [piece],
  )
}

export type StockLine = {
  depository: Depository
  /** Books that came in, those that went back out included. */
  received: number
  handedOut: number
  /** Given in the place of lost ones. */
  replaced: number
  returned: number
  damaged: number
  lost: number
  /** Stopped at the end of validity. */
  ended: number
  left: number
  /** Of what is left: worth its face value; the others are not activated. */
  active: number
  onTheWay: number
  /** Of these: worth their face value, from one stock to another. */
  activeOnTheWay: number
  missing: number
}

/** Of a place that never held a book. */
export const emptyLine = (depository: Depository): StockLine => ({
  depository,
  ...{ received: 0, handedOut: 0, replaced: 0, returned: 0, damaged: 0, lost: 0, ended: 0, left: 0, active: 0 },
  ...{ onTheWay: 0, activeOnTheWay: 0, missing: 0 },
})

/** What is asked of a day that is not over is told as of the evening before. */
export const eveningOf = (day: Day, today: Day): Day => (day < today ? day : addDays(today, -1))
/** Hand-outs of months that were over on this evening: a stock told each day would tell the day of a hand-out. */
export const monthsOver = (evening: Day) => (month: Month) => month <= lastMonthEnd(evening)
export const everyMonth = () => true

/** One line for each place that holds books, or held some. `counts` says which months of hand-outs are in it. */
export function stockOn(facts: StockFacts, day: Day, counts: (month: Month) => boolean): StockLine[] {
  const pieces = piecesOn(facts, day)
  const places = new Set<Depository>([
    ...pieces.map(({ at }) => at),
    ...facts.moves.filter((move) => isBy(move.receivedOn, day)).flatMap(({ from, to }) => [from, to]),
  ])
  return [...places].map((depository) => {
    const own = pieces.filter(({ at }) => at === depository)
    const of = (...standings: Piece['standing'][]) =>
      booksIn(own.filter(({ standing }) => standings.includes(standing)))
    const handouts = facts.handouts.filter(
      ({ prescriberId, month }) => prescriberId === depository && month <= day && counts(month),
    )
    const handedOut = handouts.reduce((sum, { books }) => sum + books, 0)
    const replaced = handouts.reduce((sum, { replacements }) => sum + replacements, 0)
    const returned = booksIn(
      facts.moves.filter((move) => move.from === depository && move.declaredOn <= day && !isBy(move.cancelledOn, day)),
    )
    const left = of('here') - handedOut - replaced
    const activeHere = booksIn(own.filter(({ standing, isActive }) => standing === 'here' && isActive))
    const [damaged, lost, ended] = [of('damaged'), of('lost', 'stolen'), of('end_of_validity')]
    return {
      depository,
      received: of('here') + damaged + lost + ended + returned,
      ...{ handedOut, replaced, returned, damaged, lost, ended, left },
      active: Math.max(0, activeHere - handedOut - replaced),
      onTheWay: of('way'),
      activeOnTheWay: booksIn(own.filter(({ standing, isActive }) => standing === 'way' && isActive)),
      missing: of('missing', 'never_arrived'),
    }
  })
}

/** What a place may still send away, write off or count. */
export const coversAt = (pieces: readonly Piece[], depository: Depository): Piece[] =>
  pieces.filter(({ at, standing }) => at === depository && standing === 'here')
