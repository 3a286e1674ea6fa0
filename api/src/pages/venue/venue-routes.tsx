import { z } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import QRCode from 'qrcode'
import { createEnrolmentToken } from '../../devices/create-enrolment-token.ts'
import { findProgress, getDevice } from '../../devices/queries.ts'
import { revokeDevice } from '../../devices/revoke-device.ts'
import { listStatements, readStatement } from '../../payouts/read-statements.ts'
import { type AppEnv, requireOwn, requireRole } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter } from '../../shared/http.ts'
import { findVerifiedAccount } from '../../venues/payee-queries.ts'
import { getOrganisation, getVenue } from '../../venues/queries.ts'
import { csvResponse } from '../components/csv.ts'
import { readListQuery } from '../components/list-query.ts'
import { onlyFor } from '../page-guard.tsx'
import { draw, propsOf } from '../page-props.tsx'
import type { PageParts } from '../routes.tsx'
import { CutPhonePage, EnrolmentPage } from './enrolment-page.tsx'
import { VenueHomePage } from './home-page.tsx'
import { netCents, readVenueHome } from './read-venue-home.ts'
import { StatementPage } from './statement-page.tsx'
import { makeStatementPdf } from './statement-pdf.ts'
import { statementName } from './statement-words.tsx'
import { StatementsPage } from './statements-page.tsx'

const mostStatements = 200

/** What is no id is the id of nothing. */
function idOf(text: string, what: 'device' | 'venue'): string {
  if (!z.uuid().safeParse(text).success)
    throw new AppError('not_found', `${what}_not_found`, `There is no such ${what}`)
  return text
}

const ownOrganisation = (c: HonoContext<AppEnv>) =>
  getOrganisation(c.var.context.db, requireRole(c.var.context.actor, 'venue_manager').tenantId!)

/** A statement with whom it pays: the page, the paper and the file say the same. */
async function statementOf(c: HonoContext<AppEnv>, id: string) {
  const statement = await readStatement(c.var.context, id)
  const organisation = await getOrganisation(c.var.context.db, statement.organisationId)
  return { statement, organisation, account: await findVerifiedAccount(c.var.context.db, statement.organisationId) }
}

/** The pages of a venue manager: own organisation only, as the use cases decide. */
export function createVenueRoutes(parts: PageParts) {
  const { mode, publicUrl, forgetDevice } = parts
  const routes = createRouter()
  for (const path of ['/lieu', '/lieu/*']) routes.use(path, onlyFor('venue_manager', parts))
  return routes
    .get('/lieu', async (c) =>
      draw(c, <VenueHomePage {...propsOf(c, mode)} home={await readVenueHome(c.var.context)} />),
    )
    .get('/lieu/bordereaux', async (c) => {
      const { statements } = await listStatements(c.var.context, { limit: mostStatements })
      const { legalName } = await ownOrganisation(c)
      const query = readListQuery(c.req.query())
      return draw(
        c,
        <StatementsPage {...propsOf(c, mode)} statements={statements} query={query} organisation={legalName} />,
      )
    })
    .get('/lieu/bordereaux.csv', async (c) => {
      const { t, formats } = propsOf(c, mode)
      const { statements } = await listStatements(c.var.context, { limit: mostStatements })
      const header = [
        'statement.one',
        'statement.month',
        'statement.vouchers',
        'statement.amount',
        'statement.state',
        'statement.payable',
      ] as const
      return csvResponse(
        c,
        'bordereaux',
        header.map((key) => t(key)),
        statements.map((statement) => [
          statementName({ t }, statement),
          statement.month.slice(0, 7),
          statement.voucherCount,
          formats.plainEuros(netCents(statement)),
          t(`statement.state.${statement.state}`),
          statement.payableOn,
        ]),
      )
    })
    .get('/lieu/bordereaux/:id', async (c) =>
      draw(c, <StatementPage {...propsOf(c, mode)} {...(await statementOf(c, c.req.param('id')))} />),
    )
    .get('/lieu/bordereaux/:id/bordereau.csv', async (c) => {
      const { t, formats } = propsOf(c, mode)
      const { statement } = await statementOf(c, c.req.param('id'))
      const header = [
        'statement.one',
        'statement.month',
        'statement.venue',
        'statement.campaign',
        'statement.vouchers',
        'statement.amount',
      ] as const
      const rows = statement.lines.map(({ venue, campaign, voucherCount, amountCents }) => [
        ...[statementName({ t }, statement), statement.month.slice(0, 7), venue, campaign],
        ...[voucherCount, formats.plainEuros(amountCents)],
      ])
      return csvResponse(
        c,
        `bordereau-${statement.month.slice(0, 7)}`,
        header.map((key) => t(key)),
        rows,
      )
    })
    .get('/lieu/bordereaux/:id/bordereau.pdf', async (c) => {
      const { t, formats } = propsOf(c, mode)
      const read = await statementOf(c, c.req.param('id'))
      const pdf = await makeStatementPdf({ t, formats, ...read })
      const name = `bordereau-${read.statement.number ?? 'en-cours'}.pdf`
      return c.body(pdf as Uint8Array<ArrayBuffer>, 200, {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="${name}"`,
      })
    })
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
      requireOwn(requireRole(context.actor, 'venue_manager'), device.organisationId, 'device')
      const pending = (await findProgress(context.db, deviceId))?.pending ?? 0
      return draw(c, <CutPhonePage {...propsOf(c, mode)} device={{ id: deviceId, label: device.label, pending }} />)
    })
    .post('/lieu/telephones/:id/retrait', async (c) => {
      const deviceId = idOf(c.req.param('id'), 'device')
      await revokeDevice(c.var.context, deviceId)
      forgetDevice(deviceId)
      return c.redirect('/lieu#telephones', 303)
    })
}
