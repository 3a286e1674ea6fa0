import { createHash } from 'node:crypto'
import type { Keyring } from '../keyring/keyring.ts'
import { type Context, type Role, requireOperatorOr } from '../shared/context.ts'
import { addDays } from '../shared/days.ts'
import { recordAudit } from './audit.ts'
import { apiTokenPrefix } from './authenticate.ts'
import { addDemoSignIn, putDemoToken, putMember } from './queries.ts'
import { hashToken } from './tokens.ts'

export type DemoPerson = {
  role: Role
  name: string
  email: string
  /** Whose rows this person sees; null for those who serve the whole scheme. */
  tenantId: string | null
  /** The tenant's name, for whoever chooses an account. */
  organisation: string | null
}
export type DemoAccount = Pick<DemoPerson, 'role' | 'name' | 'organisation'> & { signInUrl: string; apiToken: string }

const auditorDays = 90
const tokenDays = 365

/**
 * Gives each person of the demo an account, an API token and a one-click sign-in link. Called again it gives the same, made
 * from the keyring, and an auditor's time starts again. The caller refuses any other database than a demo.
 */
export async function createDemoAccounts(
  ctx: Context,
  people: readonly DemoPerson[],
  publicUrl: string,
): Promise<DemoAccount[]> {
  requireOperatorOr(ctx.actor)
  return ctx.transaction(async (tx) => {
    const accounts: DemoAccount[] = []
    const today = ctx.today()
    for (const { organisation, ...person } of people) {
      const validUntil = person.role === 'auditor' ? addDays(today, auditorDays) : null
      const membershipId = await putMember(tx, { ...person, validUntil }, today)
      const apiToken = demoToken(ctx.keyring, apiTokenPrefix, membershipId)
      const link = demoToken(ctx.keyring, 'link', membershipId)
      await putDemoToken(tx, {
        tokenHash: hashToken(apiToken),
        membershipId,
        label: 'demo',
        scopes: ['*'],
        createdOn: today,
        expiresOn: addDays(today, tokenDays),
      })
      await addDemoSignIn(tx, hashToken(link), membershipId)
      accounts.push({
        role: person.role,
        name: person.name,
        organisation,
        signInUrl: `${publicUrl}/demo/sign-in/${link}`,
        apiToken,
      })
    }
    await recordAudit(tx, ctx, 'demo_accounts_created', { count: people.length })
    return accounts
  })
}

const demoToken = (keyring: Keyring, prefix: string, membershipId: string): string =>
  `${prefix}_${createHash('sha256')
    .update(`demo ${prefix}|${keyring.answerMac(membershipId)}`)
    .digest('base64url')}`
