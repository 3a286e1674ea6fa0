import type { Context as HonoContext } from 'hono'
import { listStatements, readStatement } from '../../payouts/read-statements.ts'
import type { AppEnv } from '../../shared/context.ts'
import { createRouter } from '../../shared/http.ts'
import { findVerifiedAccount } from '../../venues/payee-queries.ts'
import { getOrganisation } from '../../venues/queries.ts'
import { csvResponse } from '../components/csv.ts'
import { readListQuery } from '../components/list-query.ts'
import { draw, propsOf } from '../page-props.tsx'
import type { PageParts } from '../routes.tsx'
import { ownOrganisation } from './own-organisation.ts'
import { netCents } from './read-venue-home.ts'
import { StatementPage } from './statement-page.tsx'
import { makeStatementPdf } from './statement-pdf.ts'
import { statementName } from './statement-words.tsx'
import { StatementsPage } from './statements-page.tsx'

const mostStatements = 200

/** A statement with whom it pays: the page, the paper and the file say the same. */
async function statementOf(c: HonoContext<AppEnv>, id: string) {
  const statement = await readStatement(c.var.context, id)
  const organisation = await getOrganisation(c.var.context.db, statement.organisationId)
  return { statement, organisation, account: await findVerifiedAccount(c.var.context.db, statement.organisationId) }
}

/** Statements: the list, one of them, its file and its paper. */
export const createStatementPageRoutes = ({ mode }: PageParts) =>
  createRouter()
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
