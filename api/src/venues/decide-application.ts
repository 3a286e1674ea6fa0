import type { Transaction } from '@carnet/db'
import { recordAudit } from '../accounts/audit.ts'
import { invitePerson } from '../accounts/invite-person.ts'
import { readCatalogue } from '../catalogue/read-catalogue.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { within } from '../shared/within.ts'
import type { Application } from './application.ts'
import { countMembers, decideRow, getApplication, lockWaiting } from './application-queries.ts'
import { createOrganisation } from './create-organisation.ts'
import { qualifyVenue } from './qualify-venue.ts'
import { findOrganisationBySiret } from './queries.ts'
import { addVenue, changeVenue } from './write-venue.ts'

export type Accepted = { organisationId: string; venueId: string; isInvited: boolean }

/**
 * Makes the organisation unless its SIRET is known, the qualified venue, and the invitation of the contact: all of it or
 * nothing. An organisation in which somebody has access already gets the venue and nobody new: a SIRET is public, and whoever
 * types it does not own it. Throws `forbidden`, `not_found`, `conflict` `application_decided`, `invalid`.
 */
export async function acceptApplication(ctx: Context, id: string): Promise<Accepted> {
  const person = requireRole(ctx.actor, 'coordinator')
  return ctx.transaction(async (tx) => {
    const inner = within(ctx, tx)
    const application = await lockWaiting(tx, id)
    const { siret, legalName, contactName, contactEmail, language, venueName } = application
    const known = await findOrganisationBySiret(tx, siret)
    const { id: organisationId } = known ?? (await createOrganisation(inner, { legalName, siret }))
    const venueId = await makeVenue(tx, inner, application, organisationId)
    const isInvited = (await countMembers(tx, organisationId)) === 0
    if (isInvited)
      await inviteContact(inner, { email: contactEmail!, name: contactName!, tenantId: organisationId, language })
    const decision = { state: 'accepted', decidedOn: ctx.today(), decidedBy: person.personId } as const
    await decideRow(tx, id, { ...decision, organisationId, venueId })
    const template = isInvited ? 'application_accepted' : 'application_joined'
    await queueMail(tx, ctx, { to: contactEmail!, language, template, facts: { venue: venueName } })
    await recordAudit(tx, ctx, 'application_accepted', { applicationId: id, organisationId, venueId, isInvited })
    return { organisationId, venueId, isInvited }
  })
}

/** Two applications of one structure invite one person once. */
async function inviteContact(ctx: Context, contact: Parameters<typeof invitePerson>[1]): Promise<void> {
  try {
    await invitePerson(ctx, contact)
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already_invited')) throw error
  }
}

async function makeVenue(
  tx: Transaction,
  ctx: Context,
  application: Application,
  organisationId: string,
): Promise<string> {
  const { commune } = await getApplication(tx, application.id)
  const { venueName, address, postalCode, communeCode, openingHours, labels, themes } = application
  const standardRow = {
    nom: venueName,
    adresse: address,
    code_postal: postalCode,
    commune,
    code_insee: communeCode,
    ...(openingHours && { horaires: openingHours }),
    ...(labels.length > 0 && { dispositif_programmes_nationaux: labels.join('|') }),
  }
  const venueId = await addVenue(ctx, { organisationId, standardRow })
  if (themes) {
    const { services } = await readCatalogue(ctx)
    const offered = services.filter(({ themeCode, retiredOn }) => themes.includes(themeCode) && retiredOn === null)
    await changeVenue(ctx, venueId, { services: offered.map(({ code }) => code) })
  }
  await qualifyVenue(ctx, venueId, { state: 'qualified' })
  return venueId
}

const longestReason = 1000

/** Throws `forbidden`, `not_found`, `conflict` `application_decided`, `invalid` `reason_missing`. */
export async function refuseApplication(ctx: Context, id: string, reason: string): Promise<void> {
  const person = requireRole(ctx.actor, 'coordinator')
  const said = reason.trim().slice(0, longestReason)
  if (said.length < 5)
    throw new AppError('invalid', 'reason_missing', 'reason: what the structure will read', { field: 'reason' })
  await ctx.transaction(async (tx) => {
    const { contactEmail, language, venueName } = await lockWaiting(tx, id)
    const decision = { state: 'refused', decidedOn: ctx.today(), decidedBy: person.personId } as const
    await decideRow(tx, id, { ...decision, reason: said })
    const facts = { venue: venueName, reason: said }
    await queueMail(tx, ctx, { to: contactEmail!, language, template: 'application_refused', facts })
    await recordAudit(tx, ctx, 'application_refused', { applicationId: id })
  })
}
