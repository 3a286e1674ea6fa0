import type { Database, Transaction } from '@carnet/db'
import type { Day } from '../shared/days.ts'
import { readStockFacts } from './queries.ts'
import {
  coversAt,
  type Depository,
  emptyLine,
  everyMonth,
  type Piece,
  piecesOn,
  type StockLine,
  stockOn,
} from './stock.ts'

export type Shelf = { pieces: Piece[]; line: StockLine }

/** One place's books of a campaign as they are now, all counted hand-outs taken off. */
export async function readShelf(
  db: Database | Transaction,
  { campaignId, depository, today }: { campaignId: string; depository: Depository; today: Day },
): Promise<Shelf> {
  const facts = await readStockFacts(db, campaignId)
  const pieces = piecesOn(facts, today)
  const line = stockOn(facts, today, everyMonth).find((found) => found.depository === depository)
  return { pieces, line: line ?? emptyLine(depository) }
}

/** Books that a prescriber has, or had, to hand out: what is left and what was handed out. */
export async function countToHandOut(
  tx: Transaction,
  { campaignId, prescriberId, today }: { campaignId: string; prescriberId: string; today: Day },
): Promise<number> {
  const { line } = await readShelf(tx, { campaignId, depository: prescriberId, today })
  return line.left + line.handedOut
}

/** Covers that lie with a prescriber, in one list. */
export const ownCovers = ({ pieces, line }: Shelf) => coversAt(pieces, line.depository)
