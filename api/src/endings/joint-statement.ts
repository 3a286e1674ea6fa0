/**
 * The joint statement (état contradictoire): what a funder paid for and what became of it, to the cent, when a campaign is over.
 * Its text never changes, both sides sign its hash, and what comes later makes another one. Pure.
 */
import { createHash } from 'node:crypto'
import type { jointStatements } from '@carnet/db'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'

export type JointStatement = typeof jointStatements.$inferSelect
export type Side = 'coordination' | 'funder'

export type StatementContent = {
  number: number
  madeOn: Day
  campaign: { number: number; name: string; startsOn: Day; endsOn: Day; usesUntil: Day; uploadsUntil: Day }
  operator: string
  funder: string
  faceValueCents: number
  partCents: number
  /** Issued less taken back; used: earned by an accepted scan. */
  vouchers: { issued: number; used: number; expired: number }
  cents: {
    received: number
    movedIn: number
    movedOut: number
    refunded: number
    corrected: number
    used: number
    expired: number
    available: number
    /** Of what expired: on credit notes, and paid without an invoice. */
    credited: number
    notInvoiced: number
  }
  /** All of them for what expired, whoever made them: their sum is `credited`. */
  creditNotes: string[]
}

/** The same content is the same text, so its hash is the same wherever it is computed. */
export const statementText = (content: StatementContent): string => JSON.stringify(content)
export const readStatement = ({ content }: Pick<JointStatement, 'content'>): StatementContent => JSON.parse(content)
export const statementHash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** Who is on this side has not signed, and is not who signed for the other one. */
export function checkSigning(statement: JointStatement, side: Side, signer: { personId: string; shown: string }): void {
  if (statement.sha256 !== signer.shown)
    throw new AppError('conflict', 'joint_statement_differs', 'That is the hash of another text')
  const [own, other] =
    side === 'funder' ? [statement.signerId, statement.coordinatorId] : [statement.coordinatorId, statement.signerId]
  if (own !== null) throw new AppError('conflict', 'signed_already', 'This side has signed it')
  if (other === signer.personId) throw new AppError('forbidden', 'same_person', 'Someone else signs for the other side')
}
