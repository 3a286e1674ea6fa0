import type { Transaction } from '@carnet/db'
import type { Context } from '../shared/context.ts'
import { recordAudit } from './audit.ts'
import { beginMembership, getEmail, takeInvitations } from './invitation-queries.ts'

/**
 * The address of this person has just been proven: every invitation that waits for it becomes a membership. Each is taken
 * once, whatever the number of sign-ins at once. Gives the memberships that began.
 */
export async function acceptInvitations(tx: Transaction, ctx: Context, personId: string): Promise<string[]> {
  const taken = await takeInvitations(tx, await getEmail(tx, personId), ctx.today())
  const begun: string[] = []
  for (const { role, tenantId, validUntil } of taken)
    begun.push(await beginMembership(tx, { personId, role, tenantId, validUntil }, ctx.today()))
  if (taken.length > 0)
    await recordAudit(tx, ctx, 'invitations_accepted', { personId, invitationIds: taken.map(({ id }) => id) })
  return begun
}
