import type { Context as HonoContext } from 'hono'
import QRCode from 'qrcode'
import { createEnrolmentToken, type EnrolmentTarget } from '../../devices/create-enrolment-token.ts'
import { ownerOf } from '../../devices/device.ts'
import { listPhoneRows } from '../../devices/phone-list-queries.ts'
import { findProgress, getDevice } from '../../devices/queries.ts'
import { revokeDevice } from '../../devices/revoke-device.ts'
import { getPrescriber } from '../../prescribers/queries.ts'
import { type AppEnv, type Context, requireOwn, requireRole } from '../../shared/context.ts'
import { isHttps } from '../../shared/cookies.ts'
import { createRouter, idOf } from '../../shared/http.ts'
import { getOrganisation, getVenue, listOwnVenues } from '../../venues/queries.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { CutPhonePage, EnrolmentPage } from './enrolment-page.tsx'
import { PhonesPage } from './phones-page.tsx'

/** Whose pages: a venue manager's organisation, or a prescriber. */
const audiences = {
  '/lieu/telephones': {
    role: 'venue_manager',
    async readOwner({ db, today }: Context, id: string) {
      const { legalName } = await getOrganisation(db, id)
      return { owner: { id, name: legalName }, venues: await listOwnVenues(db, today(), id) }
    },
  },
  '/prescripteur/telephones': {
    role: 'prescriber',
    readOwner: async ({ db }: Context, id: string) => ({
      owner: { id, name: (await getPrescriber(db, id)).name },
      venues: [],
    }),
  },
} as const

/** The phones of the own tenant: the list, linking one by a code shown once, and cutting one that is lost. */
export function createPhoneRoutes(
  { mode, publicUrl, forgetDevice }: PageParts,
  base: '/lieu/telephones' | '/prescripteur/telephones',
) {
  const { role, readOwner } = audiences[base]
  const ownId = (c: HonoContext<AppEnv>) => requireRole(c.var.context.actor, role).tenantId!

  async function targetOf(c: HonoContext<AppEnv>): Promise<{ target: EnrolmentTarget; name: string }> {
    const { db, today } = c.var.context
    const id = ownId(c)
    const { owner } = await readOwner(c.var.context, id)
    if (role === 'prescriber') return { target: { prescriberId: id }, name: owner.name }
    const { venue } = await c.req.parseBody()
    const venueId = typeof venue === 'string' && venue !== '' ? idOf(venue, 'venue') : undefined
    if (!venueId) return { target: { organisationId: id }, name: owner.name }
    return { target: { venueId }, name: (await getVenue(db, today(), venueId)).name }
  }

  return createRouter()
    .get(base, async (c) => {
      const { db, today } = c.var.context
      const { owner, venues } = await readOwner(c.var.context, ownId(c))
      const view = { owner, venues, rows: await listPhoneRows(db, owner.id), base, today: today() }
      return draw(c, <PhonesPage {...propsOf(c, mode)} view={view} />)
    })
    .post(base, async (c) => {
      const { target, name } = await targetOf(c)
      const { token, expiresAt } = await createEnrolmentToken(c.var.context, target)
      const link = `${publicUrl}/scanner#token=${token}`
      const qrSvg = await QRCode.toString(link, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' })
      const view = { name, link, qrSvg, expiresAt, isSecure: isHttps(publicUrl), back: base }
      return draw(c, <EnrolmentPage {...propsOf(c, mode)} {...view} />)
    })
    .get(`${base}/:id/retrait`, async (c) => {
      const { context } = c.var
      const deviceId = idOf(c.req.param('id'), 'device')
      const device = await getDevice(context.db, deviceId)
      requireOwn(requireRole(context.actor, role), ownerOf(device), 'device')
      const pending = (await findProgress(context.db, deviceId))?.pending ?? 0
      const shown = { id: deviceId, label: device.label, pending }
      return draw(c, <CutPhonePage {...propsOf(c, mode)} device={shown} back={base} />)
    })
    .post(`${base}/:id/retrait`, async (c) => {
      const deviceId = idOf(c.req.param('id'), 'device')
      await revokeDevice(c.var.context, deviceId)
      forgetDevice(deviceId)
      return c.redirect(base, 303)
    })
}
