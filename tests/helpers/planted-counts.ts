import type { Sql } from 'postgres'
import type { ActorName } from './actors.ts'

/** Uses in one month: so many of a campaign at a venue for a service. */
type Planted = { campaign: string; venue: string; service: string; count: number }
type Dimension = 'campaign' | 'venue' | 'service' | 'theme' | 'commune'
type Facts = Planted & Record<Dimension, string>
/** A count crossed with something, what it is of, and who may read it before it is released. */
export type Secret = { count: number; what: string; mayRead: readonly ActorName[] }

const scheme = ['coordinator', 'finance', 'auditor'] as const
const crossings: { by: readonly Dimension[]; mayRead: (facts: Facts) => readonly ActorName[] }[] = [
  { by: ['campaign', 'venue', 'service'], mayRead: () => [] },
  { by: ['campaign', 'venue', 'theme'], mayRead: () => [] },
  { by: ['campaign', 'service'], mayRead: () => [] },
  { by: ['campaign', 'theme'], mayRead: () => [] },
  { by: ['campaign', 'commune'], mayRead: () => [] },
  { by: ['service'], mayRead: () => [] },
  { by: ['theme'], mayRead: () => [] },
  { by: ['commune'], mayRead: () => [] },
  { by: ['commune', 'service'], mayRead: () => [] },
  { by: ['venue', 'theme'], mayRead: () => [] },
  // Its own, in the open months.
  { by: ['venue', 'service'], mayRead: ({ venue }) => ownersOf(venue) },
  // Lines of statements: money, for the organisation and for those who serve the scheme.
  { by: ['campaign', 'venue'], mayRead: ({ venue }) => [...scheme, ...ownersOf(venue)] },
  { by: ['venue'], mayRead: ({ venue }) => [...scheme, ...ownersOf(venue)] },
]

const owners: Record<string, readonly ActorName[]> = {
  own: ['manager', 'phone'],
  other: ['otherManager', 'otherPhone'],
}
const ownersOf = (venue: string) => owners[venue] ?? []

/** Every crossed count of what is planted. Throws when two of them, or one and a total, are the same: hits must be unmistakable. */
export function secretsOf(planted: readonly Planted[], places: Record<string, { commune: string }>) {
  const facts = planted.map((one): Facts => ({ ...one, ...places[one.venue]!, theme: one.service[0]! }))
  const secrets = crossings.flatMap(({ by, mayRead }) => {
    const sums = new Map<string, Secret>()
    for (const one of facts) {
      const what = by.map((dimension) => `${dimension} ${one[dimension]}`).join(' × ')
      const known = sums.get(what)
      sums.set(what, { what, count: (known?.count ?? 0) + one.count, mayRead: known?.mayRead ?? mayRead(one) })
    }
    return [...sums.values()]
  })
  const plain = ['a', 'b'].map((name) => facts.filter(({ campaign }) => campaign === name))
  const totals = [facts, ...plain].map((some) => some.reduce((sum, { count }) => sum + count, 0))
  const counts = [...secrets.map(({ count }) => count), ...totals]
  if (new Set(counts).size !== counts.length) throw new Error('Two planted counts are the same')
  return secrets
}

/** So many uses each, in the open period. Tags are random: nothing asks for their vouchers. */
export async function plant(
  sql: Sql,
  planted: readonly Planted[],
  ids: { campaigns: Record<string, string>; venues: Record<string, { id: string; organisationId: string }> },
): Promise<void> {
  for (const { campaign, venue, service, count } of planted)
    await sql`
      insert into redemptions (period_id, tag, campaign_id, organisation_id, venue_id, service_code, day, is_typed, cell_key)
      select 1, gen_random_uuid(), ${ids.campaigns[campaign]!}, ${ids.venues[venue]!.organisationId}, ${ids.venues[venue]!.id}, ${service},
             '2026-03-05', false, floor(random() * 4294967296)::bigint
        from generate_series(1, ${count})`
}

const gap = String.raw`[\s\u00a0\u202f.,]?`

/** The count as a number, as euros and as cents, however its digits are grouped; not as a part of an id or of another number. */
export function patternOf(count: number): RegExp {
  const grouped = (value: number) => value.toLocaleString('en').replaceAll(',', gap)
  const forms = [count, count * 10, count * 1000].map(grouped)
  return new RegExp(String.raw`(?<![\w-]|\d[.,\u202f])(${forms.join('|')})(?![\w-]|[.,\u202f]\d{3})`)
}
