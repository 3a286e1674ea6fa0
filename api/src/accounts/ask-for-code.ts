import { randomUUID } from 'node:crypto'
import { checkAddress } from '../mail/address.ts'
import { type Mail, renderMail } from '../mail/mail.ts'
import { type Mailer, sendSoon } from '../mail/mailer.ts'
import { atGate, type Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { takeLock } from '../shared/lock-queries.ts'
import { attemptEnd, codesPerHour, hashAddress, hashCode, newCode } from './attempt.ts'
import { addAttempt, closeAttempts, countCodes, findPersonByEmail } from './attempt-queries.ts'
import { hashToken } from './tokens.ts'

export type CodeParts = { mailer: Mailer; publicUrl: string; report: (error: unknown) => void }
type Asked = { email: string; browserToken: string; returnTo: string }

const hourMs = 3_600_000

/**
 * Sends a code to an address that somebody has, and does the same work for one that nobody has: who asks learns nothing. Throws
 * `invalid` `email_not_valid`, `too_many` `too_many_codes`.
 */
export async function askForCode(ctx: Context, asked: Asked, { mailer, publicUrl, report }: CodeParts): Promise<void> {
  const address = checkAddress(asked.email)
  const [id, code] = [randomUUID(), newCode()]
  const browserHash = hashToken(asked.browserToken)
  const addressHash = hashAddress(ctx.keyring, address)
  const now = ctx.now()
  const person = await atGate(ctx).transaction(async (tx) => {
    await takeLock(tx, 'signInCodes', addressHash.toString('hex'))
    const since = new Date(now.getTime() - hourMs)
    const ofAddress = await countCodes(tx, { addressHash }, since)
    const ofBrowser = await countCodes(tx, { browserHash }, since)
    if (ofAddress >= codesPerHour.address || ofBrowser >= codesPerHour.browser)
      throw new AppError('too_many', 'too_many_codes', 'Too many codes were asked for: wait an hour', {
        retryAfterS: 3600,
      })
    await closeAttempts(tx, { kind: 'code', browserHash, now })
    const found = await findPersonByEmail(tx, address)
    await addAttempt(tx, {
      id,
      kind: 'code',
      browserHash,
      addressHash,
      personId: found?.id ?? null,
      codeHash: hashCode(asked.browserToken, id, code),
      returnTo: asked.returnTo,
      createdAt: now,
      expiresAt: attemptEnd(now),
    })
    return found
  })
  const words = { template: 'sign_in_code', language: person?.language ?? 'fr', facts: { code } } as const
  const mail: Mail = { id, to: address, ...renderMail(words, publicUrl) }
  if (person) sendSoon(mailer, mail, report)
}
