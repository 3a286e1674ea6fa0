import { foldOf } from '@carnet/api/periods/fold.ts'
import { spansOf } from '@carnet/api/sealing/kept-record.ts'
import type { ReleaseTable } from '@carnet/api/statistics/release.ts'
import { type Bounds, createAttacker, type Known } from './lp-attack.ts'
import { communeOf, months, type ReleaseWorld, serviceCodes } from './release-world.ts'

/** A published cell as anybody reads it: its value stands for `least` to `most`. */
export type Published = { key: string; least: number; most: number }
export type Cell = { key: string; table: string; parts: number[]; count: number }

export const keyOf = (table: string, place: string, subject: string, span: string) =>
  [table, place, subject, span].join(' | ')

/** An unknown of the attacker: nothing that is published tells its parts apart. */
type Atom = { campaign: number; venue: number; month: number; service: string; theme: string; count: number }

/** Every count that the scheme's tables are sums of, as finely as folding leaves them. */
export function atomsOf({ campaigns, venues, uses }: Pick<ReleaseWorld, 'campaigns' | 'venues' | 'uses'>): Atom[] {
  const atoms = new Map<string, Atom>()
  for (const month of months.keys())
    for (const campaign of campaigns.keys()) {
      const fold = foldOf(uses.filter((use) => use.campaign === campaign && use.month === month).length, 5)
      for (const venue of venues.keys())
        for (const code of serviceCodes) {
          const service = fold === 'all' ? '*' : fold === 'theme' ? code[0]! : code
          const theme = fold === 'all' ? '*' : code[0]!
          atoms.set([campaign, venue, month, service].join(), { campaign, venue, month, service, theme, count: 0 })
        }
    }
  for (const { campaign, venue, month, service } of uses) {
    const code = serviceCodes[service]!
    const atom = [code, code[0], '*'].map((name) => atoms.get([campaign, venue, month, name].join())).find(Boolean)!
    atom.count += 1
  }
  return [...atoms.values()]
}

type Sorter = (atom: Atom) => [place: string | null, subject: string, span: string]

/** The whitelist, written down a second time: what each table adds up. */
export const whitelist = ({ campaigns, venues }: Pick<ReleaseWorld, 'campaigns' | 'venues'>) =>
  ({
    R1_department_service_month: ({ venue, service, month }) => [
      communeOf(venue).department,
      service,
      spansOf(months[month]!).month,
    ],
    R2_epci_month: ({ venue, month }) => [communeOf(venue).epci, '*', spansOf(months[month]!).month],
    R3_venue_theme_quarter: ({ venue, theme }) => [venues[venue]!.id, theme, '2026-Q4'],
    R4_campaign_theme_quarter: ({ campaign, theme }) => [campaigns[campaign]!.id, theme, '2026-Q4'],
    R5_commune_year: ({ venue }) => [communeOf(venue).code, '*', '2026'],
  }) satisfies Record<ReleaseTable, Sorter>

/** A table that adds up the atoms in its own way. */
export function cellsOf(atoms: readonly Atom[], table: string, sorter: Sorter): Cell[] {
  const cells = new Map<string, Cell>()
  for (const [at, atom] of atoms.entries()) {
    const [place, subject, span] = sorter(atom)
    if (place === null) continue
    const key = keyOf(table, place, subject, span)
    const cell = cells.get(key) ?? { key, table, parts: [], count: 0 }
    cell.parts.push(at)
    cell.count += atom.count
    cells.set(key, cell)
  }
  return [...cells.values()]
}

/** What the accounts tell exactly, to whoever reads all of them, or those of some venues: by venue, campaign and month. */
export const statementLines = (atoms: readonly Atom[], isRead: (venue: number) => boolean = () => true) =>
  cellsOf(atoms, 'line', ({ venue, campaign, month }) => [
    isRead(venue) ? String(venue) : null,
    String(campaign),
    String(month),
  ])
/** What funders are told exactly: by campaign and month. */
export const campaignTotals = (atoms: readonly Atom[]) =>
  cellsOf(atoms, 'total', ({ campaign, month }) => [String(campaign), '', String(month)])

export type Harm = { tested: number; exact: number; near: number; proven: number; medianWidth: number }

const nearWidth = 3

/**
 * What publications add to what the accounts tell anyway: small counts that become known exactly, within less than three, or
 * known to be there at all. Stops at the first harm when told so.
 */
export async function attack(
  {
    cells,
    exact,
    published,
    targets,
  }: {
    cells: readonly Cell[]
    exact: readonly Cell[]
    published: readonly Published[]
    targets: readonly Cell[]
  },
  { stopsAtHarm = false } = {},
): Promise<Harm> {
  const byKey = new Map(cells.map((cell) => [cell.key, cell]))
  const money: Known[] = exact.map(({ parts, count }) => ({ parts, least: count, most: count }))
  const tables: Known[] = published.flatMap(({ key, least, most }) => {
    const cell = byKey.get(key)
    return cell ? [{ parts: cell.parts, least, most }] : []
  })
  const [before, after] = [await createAttacker(money), await createAttacker([...money, ...tables])]
  const harm: Harm = { tested: 0, exact: 0, near: 0, proven: 0, medianWidth: 0 }
  const widths: number[] = []
  for (const { parts, count, key } of targets) {
    const found = after.boundsOf(parts)
    if (found.least > count || found.most < count)
      throw new Error(`${key} is ${count}, not ${found.least} to ${found.most}`)
    harm.tested += 1
    widths.push(found.most - found.least)
    const isSuspect = widthOf(found) < nearWidth || found.least >= 1
    const known = isSuspect ? before.boundsOf(parts) : found
    if (widthOf(found) === 0 && widthOf(known) > 0) harm.exact += 1
    if (widthOf(found) < nearWidth && widthOf(known) >= nearWidth) harm.near += 1
    if (found.least >= 1 && known.least < 1) harm.proven += 1
    if (stopsAtHarm && isHarmful(harm, targets.length)) break
  }
  harm.medianWidth = widths.sort((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 0
  return harm
}

const widthOf = ({ least, most }: Bounds) => most - least

/** Of a hundred small counts five may be known to be there; none exactly, none within less than three. */
export const isHarmful = ({ exact, near, proven }: Harm, tested: number): boolean =>
  exact > 0 || near > 0 || proven > 0.05 * tested
