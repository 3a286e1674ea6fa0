import { type Database, epcis, type Transaction, territoryFacts } from '@carnet/db'
import { and, eq, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import type { Fact, FactKind } from './fact-file.ts'

/** The newest file is the whole truth of its kind, for the level it speaks of: what it no longer names goes. */
export async function replaceFacts(
  tx: Transaction,
  kind: FactKind,
  facts: readonly Fact[],
  importedOn: Day,
): Promise<void> {
  const rows = sql.param(JSON.stringify(facts))
  const levels = [...new Set(facts.map(({ communeCodes }) => communeCodes.length > 0))]
  for (const isOfCommunes of levels)
    await tx
      .delete(territoryFacts)
      .where(
        and(eq(territoryFacts.kind, kind), sql`(cardinality(${territoryFacts.communeCodes}) > 0) = ${isOfCommunes}`),
      )
  await tx.execute(sql`
    insert into territory_facts (kind, code, name, commune_codes, facts, imported_on)
    select ${kind}::territory_fact_kind, code, name, "communeCodes", facts, ${importedOn}::date
    from json_to_recordset(${rows}::json) as r (code text, name text, "communeCodes" text[], facts jsonb)`)
}

export async function listEpciCodes(db: Database | Transaction): Promise<Set<string>> {
  const rows = await db.select({ code: epcis.code }).from(epcis)
  return new Set(rows.map(({ code }) => code))
}

/** What is known of a commune or an EPCI, for pages that set need beside use. */
export const listFactsOf = (db: Database | Transaction, codes: readonly string[]) =>
  db
    .select({
      kind: territoryFacts.kind,
      code: territoryFacts.code,
      name: territoryFacts.name,
      facts: territoryFacts.facts,
    })
    .from(territoryFacts)
    .where(
      sql`${territoryFacts.code} = any(${sql.param([...codes])}) or ${territoryFacts.communeCodes} && ${sql.param([...codes])}::text[]`,
    )

/** The kinds of figures that an operator has imported. */
export async function listFactKinds(db: Database): Promise<FactKind[]> {
  const rows = await db.selectDistinct({ kind: territoryFacts.kind }).from(territoryFacts)
  return rows.map(({ kind }) => kind)
}
