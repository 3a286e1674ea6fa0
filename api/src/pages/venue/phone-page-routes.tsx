import { z } from '@hono/zod-openapi'
import QRCode from 'qrcode'
import { createEnrolmentToken } from '../../devices/create-enrolment-token.ts'
import { ownerOf } from '../../devices/device.ts'
import { findProgress, getDevice } from '../../devices/queries.ts'
import { revokeDevice } from '../../devices/revoke-device.ts'
import { requireOwn, requireRole } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter } from '../../shared/http.ts'
import { getVenue } from '../../venues/queries.ts'
import { draw, propsOf } from '../page-props.tsx'
import type { PageParts } from '../routes.tsx'
import { CutPhonePage, EnrolmentPage } from './enrolment-page.tsx'
import { ownOrganisation } from './own-organisation.ts'

/** What is no id is the id of nothing. */
function idOf(text: string, what: 'device' | 'venue'): string {
  if (!z.uuid().safeParse(text).success)
    throw new AppError('not_found', `${what}_not_found`, `There is no such ${what}`)
  return text
}

/** Adding a phone by a code that is shown once, and cutting one that is lost. */
export const createPhonePageRoutes = ({ mode, publicUrl, forgetDevice }: PageParts) =>
  createRouter()
    .post('/lieu/telephones', async (c) => {
      const { id: organisationId, legalName } = await ownOrganisation(c)
      const { venue } = await c.req.parseBody()
      const venueId = typeof venue === 'string' && venue !== '' ? idOf(venue, 'venue') : undefined
      const { token, expiresAt } = await createEnrolmentToken(c.var.context, venueId ? { venueId } : { organisationId })
      const name = venueId ? (await getVenue(c.var.context.db, c.var.context.today(), venueId)).name : legalName
      const link = `${publicUrl}/scanner#token=${token}`
      const qrSvg = await QRCode.toString(link, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' })
      const isSecure = publicUrl.startsWith('https:')
      return draw(c, <EnrolmentPage {...propsOf(c, mode)} {...{ venue: name, link, qrSvg, expiresAt, isSecure }} />)
    })
    .get('/lieu/telephones/:id/retrait', async (c) => {
      const { context } = c.var
      const deviceId = idOf(c.req.param('id'), 'device')
      const device = await getDevice(context.db, deviceId)
      requireOwn(requireRole(context.actor, 'venue_manager'), ownerOf(device), 'device')
      const pending = (await findProgress(context.db, deviceId))?.pending ?? 0
      return draw(c, <CutPhonePage {...propsOf(c, mode)} device={{ id: deviceId, label: device.label, pending }} />)
    })
    .post('/lieu/telephones/:id/retrait', async (c) => {
      const deviceId = idOf(c.req.param('id'), 'device')
      await revokeDevice(c.var.context, deviceId)
      forgetDevice(deviceId)
      return c.redirect('/lieu#telephones', 303)
    })
