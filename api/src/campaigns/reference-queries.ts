/** What the terms of a campaign point to, and what ties them down. */
import { amendmentSignatures, amendments, fundingCalls, fundings, printRuns, type Transaction } from '@carnet/db'
import { and, eq, ne, notInArray, sql } from 'drizzle-orm'
import type { FixedBecause, Terms } from './campaign.ts'

const places = {
  commune: sql`communes`,
  epci: sql`epcis`,
  department: sql`departments`,
  region: sql`regions`,
} as const

async function listUnknown(
  tx: Transaction,
  table: ReturnType<typeof sql>,
  key: ReturnType<typeof sql>,
  values: readonly string[],
): Promise<string[]> {
  const rows = await tx.execute<{ value: string }>(sql`
    select value from jsonb_array_elements_text(${JSON.stringify(values)}::jsonb) value
     where not exists (select from ${table} t where t.${key}::text = value) limit 10`)
  return rows.map(({ value }) => value)
}

/** The first list of the terms that names something unknown, with up to ten of the unknown names; null when all is known. */
export async function findUnknownReference(
  tx: Transaction,
  terms: Terms,
): Promise<{ what: string; unknown: string[] } | null> {
  const id = sql`id`
  const code = sql`code`
  const lists: [string, ReturnType<typeof sql>, ReturnType<typeof sql>, readonly string[]][] = [
    ['paying_account', sql`paying_accounts`, id, [terms.payingAccountId]],
    ['funder', sql`funders`, id, terms.funders.map(({ funderId }) => funderId)],
    ['service', sql`services`, code, terms.services ?? []],
    ['venue', sql`venues`, id, terms.venues ?? []],
    ...Object.entries(places).map(([kind, table]): [string, typeof table, typeof table, string[]] => [
      'territory',
      table,
      code,
      (terms.territory ?? []).filter((area) => area.kind === kind).map((area) => area.code),
    ]),
  ]
  for (const [what, table, key, values] of lists) {
    const unknown = values.length === 0 ? [] : await listUnknown(tx, table, key, values)
    if (unknown.length > 0) return { what, unknown }
  }
  return null
}

/** Money has come, or books are ordered: the terms are what was paid for and printed. */
export async function findWhatFixesTerms(
  tx: Transaction,
  campaignId: string,
): Promise<Exclude<FixedBecause, 'open'> | null> {
  const funded = await tx.select({ id: fundings.id }).from(fundings).where(eq(fundings.campaignId, campaignId)).limit(1)
  if (funded.length > 0) return 'funded'
  const ordered = await tx
    .select({ id: printRuns.id })
    .from(printRuns)
    .where(and(eq(printRuns.campaignId, campaignId), ne(printRuns.state, 'revoked')))
    .limit(1)
  return ordered.length > 0 ? 'ordered' : null
}

/** One that waits was signed over the terms as they are. */
export async function hasWaitingAmendment(tx: Transaction, campaignId: string): Promise<boolean> {
  const waiting = await tx
    .select({ id: amendments.id })
    .from(amendments)
    .where(and(eq(amendments.campaignId, campaignId), eq(amendments.state, 'proposed')))
  return waiting.length > 0
}

/** A funder that signed an amendment, or that was called, stays one of the campaign. */
export async function isBoundFunderLeftOut(
  tx: Transaction,
  campaignId: string,
  funderIds: readonly string[],
): Promise<boolean> {
  const signed = await tx
    .select({ funderId: amendmentSignatures.funderId })
    .from(amendmentSignatures)
    .where(
      and(eq(amendmentSignatures.campaignId, campaignId), notInArray(amendmentSignatures.funderId, [...funderIds])),
    )
    .limit(1)
  const called = await tx
    .select({ funderId: fundingCalls.funderId })
    .from(fundingCalls)
    .where(and(eq(fundingCalls.campaignId, campaignId), notInArray(fundingCalls.funderId, [...funderIds])))
    .limit(1)
  return signed.length + called.length > 0
}
