import type { ShownRow } from './read-releases.ts'

/** A service of today with what was released under the codes that it replaces. */
export type MergedRow = ShownRow & {
  /** The codes of the release that are summed; its own alone when nothing was replaced. */
  from: string[]
  /** A cell of the sum is secret: the sum is of the others. */
  isPartial: boolean
}

/**
 * Rows of one release by the services of today, so that months before and after a retirement compare: a replaced service counts for what
 * replaces it. Only published numbers of one release are added, so that the sum tells nothing that was not told. Pure.
 */
export function mergeReplaced(
  rows: readonly ShownRow[],
  replacements: ReadonlyMap<string, string>,
  titles: ReadonlyMap<string, string>,
): MergedRow[] {
  const groups = new Map<string, [ShownRow, ...ShownRow[]]>()
  for (const row of rows) {
    const subject = replacements.get(row.subject) ?? row.subject
    const group = groups.get(`${row.place} ${subject}`)
    if (group) group.push(row)
    else groups.set(`${row.place} ${subject}`, [row])
  }
  return [...groups.values()].map((group) => mergeGroup(group, replacements, titles))
}

function mergeGroup(
  group: readonly [ShownRow, ...ShownRow[]],
  replacements: ReadonlyMap<string, string>,
  titles: ReadonlyMap<string, string>,
): MergedRow {
  const [first] = group
  const subject = replacements.get(first.subject) ?? first.subject
  const told = group.filter(({ value }) => value !== null)
  const main = told[0] ?? first
  const value = told.length === 0 ? null : told.reduce((sum, row) => sum + row.value!, 0)
  return {
    ...main,
    ...{ subject, subjectName: titles.get(subject) ?? main.subjectName, value },
    shown: value === null ? main.shown : String(value),
    from: group.map((row) => row.subject).sort(),
    isPartial: told.length > 0 && told.length < group.length,
  }
}
