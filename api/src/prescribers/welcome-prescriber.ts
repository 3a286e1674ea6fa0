import type { NewInvitation } from '../accounts/invite-person.ts'
import { invitePerson } from '../accounts/invite-person.ts'
import type { Context } from '../shared/context.ts'
import { within } from '../shared/within.ts'
import { addPrescriber } from './add-prescriber.ts'
import type { Prescriber } from './queries.ts'

/** A prescriber with its first person, both or neither. Throws as `addPrescriber` and `invitePerson`. */
export const welcomePrescriber = (
  ctx: Context,
  details: { name: string },
  first: Omit<NewInvitation, 'tenantId'>,
): Promise<Prescriber> =>
  ctx.transaction(async (tx) => {
    const prescriber = await addPrescriber(within(ctx, tx), details)
    await invitePerson(within(ctx, tx), { ...first, tenantId: prescriber.id })
    return prescriber
  })
