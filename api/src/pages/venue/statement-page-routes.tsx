import { readStatementPaper } from '../../payouts/read-statement-paper.ts'
import { listStatements } from '../../payouts/read-statements.ts'
import { netCents } from '../../payouts/statement.ts'
import { makeStatementPdf, statementFileName } from '../../payouts/statement-pdf.ts'
import { createRouter } from '../../shared/http.ts'
import { csvResponse } from '../components/csv.ts'
import { readListQuery } from '../components/list-query.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { ownOrganisation } from './own-organisation.ts'
import { StatementPage } from './statement-page.tsx'
import { statementName } from './statement-words.tsx'
import { StatementsPage } from './statements-page.tsx'

const mostStatements = 200

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
      draw(
        c,
        <StatementPage {...propsOf(c, mode)} {...(await readStatementPaper(c.var.context, c.req.param('id')))} />,
      ),
    )
    .get('/lieu/bordereaux/:id/bordereau.csv', async (c) => {
      const { t, formats } = propsOf(c, mode)
      const { statement } = await readStatementPaper(c.var.context, c.req.param('id'))
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
      const paper = await readStatementPaper(c.var.context, c.req.param('id'))
      const pdf = await makeStatementPdf({ t, formats, ...paper })
      return c.body(pdf as Uint8Array<ArrayBuffer>, 200, {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="${statementFileName(paper.statement)}"`,
      })
    })
