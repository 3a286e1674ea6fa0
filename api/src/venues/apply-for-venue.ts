import { randomUUID } from 'node:crypto'
import { hashCode, isSame, newCode, readCode } from '../accounts/attempt.ts'
import { hashToken, newToken } from '../accounts/tokens.ts'
import { renderMail } from '../mail/mail.ts'
import { type Mailer, sendSoon } from '../mail/mailer.ts'
import { atGate, type Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { type Application, codeMinutes, mostTries, type NewApplication } from './application.ts'
import { confirmRow, countCodeTry, findFollowed, insertApplication, renewCode } from './application-queries.ts'

export type ApplyParts = { mailer: Mailer; publicUrl: string; report: (error: unknown) => void }

/**
 * Keeps an application and mails a code to its address; it waits for nobody before the code came back. What is known of the
 * SIRET or the address changes nothing in the answer. Returns the secret by which this browser follows it.
 */
export async function applyForVenue(ctx: Context, application: NewApplication, parts: ApplyParts): Promise<string> {
  const followToken = newToken('dossier')
  const id = randomUUID()
  const { code, ...kept } = makeCode(ctx, followToken, id)
  const row = { ...application, ...kept, id, followHash: hashToken(followToken), submittedOn: ctx.today() }
  await atGate(ctx).transaction((tx) => insertApplication(tx, row))
  sendCode(application, id, code, parts)
  return followToken
}

/** Another code to the same address, for the browser that sent the application. Throws `not_found`. */
export async function renewApplicationCode(ctx: Context, followToken: string, parts: ApplyParts): Promise<void> {
  const application = await getFollowed(ctx, followToken)
  if (application.state !== 'unconfirmed') return
  const { code, ...kept } = makeCode(ctx, followToken, application.id)
  await atGate(ctx).transaction((tx) => renewCode(tx, application.id, kept))
  sendCode(application, randomUUID(), code, parts)
}

/** The application of this browser. Throws `not_found`. */
export async function getFollowed(ctx: Context, followToken: string): Promise<Application> {
  const application = await findFollowed(atGate(ctx).db, hashToken(followToken))
  if (!application) throw new AppError('not_found', 'application_not_found', 'There is no such application')
  return application
}

/**
 * The code, typed in the browser that sent the application: five tries for each code, thirty minutes. From now on a coordinator
 * sees it. Throws `unauthenticated` `application_code_wrong`, whatever is wrong.
 */
export async function confirmApplication(ctx: Context, followToken: string, typed: string): Promise<void> {
  const isConfirmed = await atGate(ctx).transaction(async (tx) => {
    const tried = await countCodeTry(tx, hashToken(followToken), ctx.now(), mostTries)
    if (!tried?.codeHash || !isSame(tried.codeHash, hashCode(followToken, tried.id, readCode(typed)))) return false
    await confirmRow(tx, tried.id, ctx.today())
    return true
  })
  if (!isConfirmed)
    throw new AppError('unauthenticated', 'application_code_wrong', 'This code is wrong, was used, or is too old')
}

function makeCode(ctx: Context, followToken: string, id: string) {
  const code = newCode()
  const codeExpiresAt = new Date(ctx.now().getTime() + codeMinutes * 60_000)
  return { code, codeHash: hashCode(followToken, id, code), codeExpiresAt }
}

type Reached = Pick<Application, 'contactEmail' | 'language' | 'venueName'>

/** From memory: a code is written nowhere. */
function sendCode({ contactEmail, language, venueName }: Reached, id: string, code: string, parts: ApplyParts): void {
  const facts = { code, venue: venueName, minutes: codeMinutes }
  const words = renderMail({ template: 'application_code', language, facts }, parts.publicUrl)
  sendSoon(parts.mailer, { id, to: contactEmail!, ...words }, parts.report)
}
