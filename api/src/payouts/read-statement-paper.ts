import type { Context } from '../shared/context.ts'
import { type BankAccount, findVerifiedAccount } from '../venues/payee-queries.ts'
import { getOrganisation, type Organisation } from '../venues/queries.ts'
import { readStatement, type StatementView } from './read-statements.ts'

export type StatementPaper = {
  statement: StatementView
  organisation: Organisation
  account: BankAccount | undefined
}

/** A statement with whom it pays: page, paper and file say the same. Throws `forbidden`, `not_found`. */
export async function readStatementPaper(ctx: Context, id: string): Promise<StatementPaper> {
  const statement = await readStatement(ctx, id)
  const organisation = await getOrganisation(ctx.db, statement.organisationId)
  return { statement, organisation, account: await findVerifiedAccount(ctx.db, statement.organisationId) }
}
