import { payoutDayOf } from '../calendar/calendar.ts'
import { type Context, requireOwn, requireRole } from '../shared/context.ts'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { type StatementKey, type StatementState, statementId, statementKeyOf } from './statement.ts'
import {
  listStatementAdjustments,
  listStatementLines,
  listStatementTotals,
  type StatementAdjustment,
  type StatementLine,
  type StatementTotals,
} from './statement-list-queries.ts'

export type StatementSummary = Omit<StatementTotals, 'periodState' | 'isPayable' | 'isInPayment'> & {
  id: string
  state: StatementState
  /** When it is paid, or would be if the period ended as it is now. */
  payableOn: Day
}
export type StatementView = StatementSummary & { lines: StatementLine[]; adjustments: StatementAdjustment[] }

/** A period may be frozen while this statement is still to be written: it then is as closed as before. */
function stateOf({ number, periodState, isPayable, isInPayment }: StatementTotals): StatementState {
  if (number === null) return periodState === 'open' ? 'open' : 'closed'
  if (isPayable) return 'frozen'
  return isInPayment ? 'in_payment' : 'paid'
}

function summaryOf(totals: StatementTotals): StatementSummary {
  const { periodState: _period, isPayable: _payable, isInPayment: _inPayment, ...rest } = totals
  return { id: statementId(totals), state: stateOf(totals), payableOn: payoutDayOf(totals.month), ...rest }
}

const mayRead = ['venue_manager', 'coordinator', 'finance_approver', 'auditor'] as const

/** Own statements for a venue manager, everybody's for those who serve the scheme. Throws `forbidden`, `not_found`. */
export async function listStatements(
  ctx: Context,
  filter: {
    limit: number
    cursor?: string | undefined
    periodId?: number | undefined
    organisationId?: string | undefined
  },
): Promise<{ statements: StatementSummary[]; next: string | null }> {
  const person = requireRole(ctx.actor, ...mayRead)
  if (filter.organisationId !== undefined) requireOwn(person, filter.organisationId, 'organisation')
  const totals = await listStatementTotals(ctx.db, {
    organisationId: person.tenantId ?? filter.organisationId,
    periodId: filter.periodId,
    after: filter.cursor === undefined ? undefined : statementKeyOf(filter.cursor),
    limit: filter.limit + 1,
  })
  const statements = totals.slice(0, filter.limit).map(summaryOf)
  return { statements, next: totals.length > filter.limit ? statements.at(-1)!.id : null }
}

/** One statement with its lines, the running one included. Throws `forbidden`, `not_found`. */
export async function readStatement(ctx: Context, id: string): Promise<StatementView> {
  const person = requireRole(ctx.actor, ...mayRead)
  const key: StatementKey = statementKeyOf(id)
  requireOwn(person, key.organisationId, 'statement')
  // One moment for the total and its lines: scans go on meanwhile.
  return ctx.db.transaction(
    async (tx) => {
      const [totals] = await listStatementTotals(tx, { ...key, limit: 1 })
      if (!totals) throw new AppError('not_found', 'statement_not_found', 'There is no such statement')
      const lines = await listStatementLines(tx, key)
      return { ...summaryOf(totals), lines, adjustments: await listStatementAdjustments(tx, key) }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}
