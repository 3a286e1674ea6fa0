/**
 * A print run is an order of books. Its proof is approved by a funder, its codes are made by another person than the one who
 * asked, and they can be made again, byte for byte, until the requester holds the file.
 */
import type { printRunState } from '@carnet/db'
import { AppError } from '../shared/errors.ts'
import type { BoxState, CoverRange } from './box.ts'

export type PrintRunState = (typeof printRunState.enumValues)[number]
export type PrintRunEvent = 'approve_proof' | 'generate' | 'revoke'

/** From `generated` on, the state follows the boxes (`progressOf`). */
export const transitions: Record<PrintRunState, Partial<Record<PrintRunEvent, PrintRunState>>> = {
  requested: { approve_proof: 'proof_approved', revoke: 'revoked' },
  proof_approved: { generate: 'generated', revoke: 'revoked' },
  generated: { revoke: 'revoked' },
  printed: { revoke: 'revoked' },
  delivered: { revoke: 'revoked' },
  active: { revoke: 'revoked' },
  revoked: {},
}

export function stateAfter(state: PrintRunState, event: PrintRunEvent): PrintRunState {
  const next = transitions[state][event]
  if (!next) throw new AppError('conflict', `print_run_is_${state}`, `Cannot ${event.replace('_', ' ')} it now`)
  return next
}

export const isGenerated = (state: PrintRunState): boolean =>
  !['requested', 'proof_approved', 'revoked'].includes(state)

/** Printed once a box was sent out, delivered and active once every box is. Revoked boxes hold nothing up. */
export function progressOf(boxStates: readonly BoxState[]): PrintRunState {
  const kept = boxStates.filter((state) => state !== 'revoked')
  if (kept.length === 0) return 'revoked'
  if (kept.every((state) => state === 'active')) return 'active'
  if (kept.every((state) => state === 'active' || state === 'delivered')) return 'delivered'
  return kept.every((state) => state === 'printed') ? 'generated' : 'printed'
}

/** A box holds this many books or more: the activation of fewer would point at people. */
const fewestBooksPerBox = 10
/** Nobody confirmed the receipt: the key is destroyed all the same. */
export const daysToConfirm = 7

/** Throws `invalid` `too_few_books_in_a_box`, `too_few_books_in_a_run`. */
export function checkRunSize(bookCount: number, booksPerBox: number): void {
  const facts = { fewestBooksPerBox }
  if (booksPerBox < fewestBooksPerBox)
    throw new AppError('invalid', 'too_few_books_in_a_box', `A box holds ${fewestBooksPerBox} books or more`, facts)
  if (bookCount < fewestBooksPerBox)
    throw new AppError('invalid', 'too_few_books_in_a_run', `A run fills at least one box`, facts)
}

/** Covers box by box, in order. What is left over and would fill no box joins the last one. */
export function boxRanges(firstCover: number, bookCount: number, booksPerBox: number): CoverRange[] {
  const remainder = bookCount % booksPerBox
  const isTooSmall = remainder > 0 && remainder < fewestBooksPerBox
  const boxCount = Math.max(1, isTooSmall ? Math.floor(bookCount / booksPerBox) : Math.ceil(bookCount / booksPerBox))
  return Array.from({ length: boxCount }, (_, at) => ({
    firstCover: firstCover + at * booksPerBox,
    lastCover: firstCover - 1 + (at === boxCount - 1 ? bookCount : (at + 1) * booksPerBox),
  }))
}

/** Two people: one alone can print no money. Throws `forbidden` `same_person`. */
export function checkGenerator(run: { requestedBy: string }, personId: string): void {
  if (run.requestedBy === personId)
    throw new AppError('forbidden', 'same_person', 'Someone else than the requester must release it')
}
