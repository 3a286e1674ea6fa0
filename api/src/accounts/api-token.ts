import { type Context, requirePerson } from '../shared/context.ts'
import { addDays, type Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { recordAudit } from './audit.ts'
import { apiTokenPrefix } from './authenticate.ts'
import { requireFreshProof } from './proof.ts'
import { addApiToken, removeApiToken } from './queries.ts'
import { hashToken, newToken } from './tokens.ts'

const longestDays = 366
export type NewApiToken = { label: string; scopes: string[]; expiresOn: Day }

/**
 * A token for a program that acts as this person: the text is shown once, the hash is kept. Throws `invalid` for an end that is
 * past or more than a year away, `forbidden`: `session_needed` (a token neither renews itself nor makes others),
 * `fresh_proof_needed` (it outlives the session of a browser that was left open).
 */
export async function createApiToken(ctx: Context, wanted: NewApiToken): Promise<{ id: string; token: string }> {
  const person = requireFreshProof(ctx)
  checkExpiry(wanted.expiresOn, ctx.today())
  const token = newToken(apiTokenPrefix)
  return ctx.transaction(async (tx) => {
    const id = await addApiToken(tx, {
      ...wanted,
      tokenHash: hashToken(token),
      membershipId: person.membershipId,
      createdOn: ctx.today(),
    })
    await recordAudit(tx, ctx, 'api_token_created', { id, label: wanted.label, scopes: wanted.scopes })
    return { id, token }
  })
}

/** From this moment the token opens nothing. Throws `not_found`, also for the token of another person. */
export async function revokeApiToken(ctx: Context, id: string): Promise<void> {
  const person = requirePerson(ctx.actor)
  await ctx.transaction(async (tx) => {
    await removeApiToken(tx, person.membershipId, id)
    await recordAudit(tx, ctx, 'api_token_revoked', { id })
  })
}

function checkExpiry(expiresOn: Day, today: Day): void {
  const latestOn = addDays(today, longestDays)
  if (expiresOn < today || expiresOn > latestOn)
    throw new AppError('invalid', 'token_end_not_allowed', `expiresOn: a day from ${today} to ${latestOn}`, {
      field: 'expiresOn',
      earliestOn: today,
      latestOn,
    })
}
