import { randomUUID } from 'node:crypto'
import type { Transaction } from '@carnet/db'
import { atGate, type Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { acceptInvitations } from './accept-invitations.ts'
import { codeTries, hashCode, isSame, readCode } from './attempt.ts'
import { closeAttempts, countTry, findAttempt } from './attempt-queries.ts'
import { recordAudit } from './audit.ts'
import { type Browser, type NewSession, startSession } from './session.ts'
import { hashToken } from './tokens.ts'

type Typed = { code: string; browserToken: string | undefined; browser: Browser }
export type SignedIn = NewSession & { returnTo: string }

/**
 * The code of this browser, typed: once right, five times wrong. What is wrong about it is not said. `limitTry` counts tries over
 * all the codes of an address. Throws `unauthenticated` `code_not_accepted`, `forbidden` `no_membership`.
 */
export async function enterCode(
  ctx: Context,
  { code, browserToken, browser }: Typed,
  limitTry: (address: string) => void,
): Promise<SignedIn> {
  if (browserToken === undefined) throw notAccepted()
  const asked = { kind: 'code', browserHash: hashToken(browserToken), now: ctx.now() } as const
  const gate = atGate(ctx)
  const live = await findAttempt(gate.db, asked)
  if (live?.addressHash) limitTry(Buffer.from(live.addressHash).toString('hex'))
  const entered = await gate.transaction(async (tx) => {
    const attempt = await countTry(tx, asked)
    if (!attempt?.codeHash) return null
    const isRight = isSame(attempt.codeHash, hashCode(browserToken, attempt.id, readCode(code)))
    const { personId, returnTo, tries } = attempt
    if (!isRight || personId === null) {
      if (tries === codeTries) await tellRefused(tx, ctx, personId)
      return null
    }
    await closeAttempts(tx, asked)
    await acceptInvitations(tx, gate, personId)
    const session = await startSession(tx, gate, { personId, method: 'code' }, browser)
    await recordAudit(tx, ctx, 'signed_in', { personId, method: 'code' })
    return { ...session, returnTo }
  })
  if (!entered) throw notAccepted()
  return entered
}

/** For an address that nobody has the same line is written and taken back: how long the last try took tells nothing. */
async function tellRefused(tx: Transaction, ctx: Context, personId: string | null): Promise<void> {
  const takenBack = new Error('Nobody has this address')
  try {
    await tx.transaction(async (line) => {
      await recordAudit(line, ctx, 'sign_in_refused', { personId: personId ?? randomUUID() })
      if (personId === null) throw takenBack
    })
  } catch (error) {
    if (error !== takenBack) throw error
  }
}

const notAccepted = () =>
  new AppError('unauthenticated', 'code_not_accepted', 'This code is wrong, was used, or is too old')
