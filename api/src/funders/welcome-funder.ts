import { invitePerson, type NewInvitation } from '../accounts/invite-person.ts'
import type { Context } from '../shared/context.ts'
import { within } from '../shared/within.ts'
import { addFunder, type FunderDetails } from './add-funder.ts'
import type { Funder } from './queries.ts'

/** A funder with its first person, both or neither. Throws as `addFunder` and `invitePerson`. */
export const welcomeFunder = (
  ctx: Context,
  details: FunderDetails,
  first: Omit<NewInvitation, 'tenantId'>,
): Promise<Funder> =>
  ctx.transaction(async (tx) => {
    const funder = await addFunder(within(ctx, tx), details)
    await invitePerson(within(ctx, tx), { ...first, tenantId: funder.id })
    return funder
  })
