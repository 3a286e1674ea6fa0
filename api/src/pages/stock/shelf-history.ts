/** What happened to one stock, as lines by day: the newest first. Pure. */
import { booksIn } from '../../books/cover-ranges.ts'
import { type Day, lastDayOfMonth, type Month } from '../../shared/days.ts'
import type { MessageKey } from '../../shared/messages.ts'
import type { StockCount } from '../../stock/queries.ts'
import type { Depository, StockFacts } from '../../stock/stock.ts'

export type ShelfEvent = {
  on: Day
  /** Hand-outs are told by month, never by day. */
  month?: Month
  says: MessageKey
  values?: Record<string, string | number>
  /** A reason is a message of its own. */
  reason?: MessageKey
  place?: Depository
  books: number
  covers?: { firstCover: number; lastCover: number }
  /** A move that waits for its other side. */
  waiting?: { id: string; isIncoming: boolean; declaredBy: string }
}

type Moves = readonly (StockFacts['moves'][number] & { id: string; declaredBy: string })[]
export type HistoryFacts = Omit<StockFacts, 'moves'> & { moves: Moves }

export function historyOf(
  facts: HistoryFacts,
  {
    depository,
    counts,
    isTold,
  }: { depository: Depository; counts: readonly StockCount[]; isTold: (month: Month) => boolean },
): ShelfEvent[] {
  const events: ShelfEvent[] = [
    ...boxEvents(facts, depository),
    ...moveEvents(facts.moves, depository),
    ...stopEvents(facts, depository),
    ...facts.handouts
      .filter(({ prescriberId, month }) => prescriberId === depository && isTold(month))
      .flatMap(({ month, books, replacements }): ShelfEvent[] => [
        ...(books > 0 ? [{ on: lastDayOfMonth(month), month, says: 'shelf.event.handed' as const, books }] : []),
        ...(replacements > 0
          ? [{ on: lastDayOfMonth(month), month, says: 'shelf.event.replaced' as const, books: replacements }]
          : []),
      ]),
    ...counts.map(
      ({ countedOn, counted, expected }): ShelfEvent => ({
        on: countedOn,
        says: 'shelf.event.count',
        values: { counted, expected },
        books: counted,
      }),
    ),
  ]
  return events.sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0))
}

const coversOf = ({ firstCover, lastCover }: { firstCover: number; lastCover: number }) => ({ firstCover, lastCover })

function boxEvents({ boxes, gaps }: HistoryFacts, depository: Depository): ShelfEvent[] {
  const kept = boxes.filter(({ revokedOn }) => revokedOn === null)
  const own = kept.filter((box) => depository !== null && box.prescriberId === depository)
  const printed = depository === null ? kept : []
  return [
    ...printed.map(
      (box): ShelfEvent => ({
        on: box.generatedOn,
        says: 'shelf.event.printed',
        books: booksIn([box]),
        covers: coversOf(box),
      }),
    ),
    ...own.map(
      (box): ShelfEvent => ({
        on: box.deliveredOn ?? box.dispatchedOn ?? box.generatedOn,
        says: box.deliveredOn ? 'shelf.event.box' : 'shelf.event.box_way',
        books: booksIn([box]),
        covers: coversOf(box),
      }),
    ),
    ...gaps
      .filter((gap) => own.some((box) => gap.firstCover >= box.firstCover && gap.lastCover <= box.lastCover))
      .map(
        (gap): ShelfEvent => ({
          on: gap.reportedOn,
          says: 'shelf.event.missing',
          books: booksIn([gap]),
          covers: coversOf(gap),
        }),
      ),
  ]
}

const moveEvents = (moves: Moves, depository: Depository): ShelfEvent[] =>
  moves
    .filter(({ from, to, cancelledOn }) => cancelledOn === null && (from === depository || to === depository))
    .map((move): ShelfEvent => {
      const isIncoming = move.to === depository
      const isThere = move.receivedOn !== null
      const says = isIncoming
        ? isThere
          ? 'shelf.event.in'
          : 'shelf.event.in_way'
        : isThere
          ? 'shelf.event.out'
          : 'shelf.event.out_way'
      return {
        on: move.receivedOn ?? move.declaredOn,
        says,
        place: isIncoming ? move.from : move.to,
        books: booksIn([move]),
        covers: coversOf(move),
        ...(!isThere && { waiting: { id: move.id, isIncoming, declaredBy: move.declaredBy } }),
      }
    })

/** Orders over books that lay in this stock when it was asked for. */
function stopEvents({ stops, boxes, moves }: HistoryFacts, depository: Depository): ShelfEvent[] {
  const heldBy = (stop: { firstCover: number; orderedOn: Day }): Depository => {
    const last = moves
      .filter(
        ({ firstCover, lastCover, receivedOn }) =>
          firstCover <= stop.firstCover &&
          stop.firstCover <= lastCover &&
          receivedOn !== null &&
          receivedOn <= stop.orderedOn,
      )
      .toSorted((a, b) => (a.receivedOn! < b.receivedOn! ? -1 : 1))
      .at(-1)
    if (last) return last.to
    return (
      boxes.find(({ firstCover, lastCover }) => firstCover <= stop.firstCover && stop.firstCover <= lastCover)
        ?.prescriberId ?? null
    )
  }
  return stops
    .filter((stop) => stop.liftedOn === null && heldBy(stop) === depository)
    .map((stop) => ({
      on: stop.orderedOn,
      says: 'shelf.event.stop',
      reason: `stop_reason.${stop.reason}`,
      books: booksIn([stop]),
      covers: coversOf(stop),
    }))
}
