import { findLikeness, type Likeness, type Place, type ReadPlace, readPlace } from './possible-duplicates.ts'

export type Candidate<Key> = { key: Key; place: Place; likeness: Likeness }
type Entry<Key> = { key: Key; place: ReadPlace }

const mostShown = 3
/** A town has fewer places that share a word than this; a file made to be slow has more. */
const mostCompared = 60
const cellsPerDegree = 300

/**
 * The places that a new one may be, without comparing it with every other: only with those that share a word of the name or the
 * street with it in one commune, or stand in the same corner of the map.
 */
export function createDuplicateIndex<Key>(communeName: (code: string) => string) {
  const entries = new Map<string, Entry<Key>[]>()
  const keysOf = (place: ReadPlace): string[] => [
    ...place.words.map((word) => `${place.communeCode} ${word.slice(0, 5)}`),
    ...place.street.map((word) => `${place.communeCode}/${word.slice(0, 5)}`),
  ]
  const cellOf = ({ latitude, longitude }: Place) =>
    latitude === null || longitude === null
      ? undefined
      : ([Math.floor(latitude * cellsPerDegree), Math.floor(longitude * cellsPerDegree)] as const)
  const around = (place: Place): string[] => {
    const cell = cellOf(place)
    if (!cell) return []
    const steps = [-1, 0, 1]
    return steps.flatMap((up) => steps.map((right) => `${cell[0] + up}:${cell[1] + right}`))
  }
  const read = (place: Place) => readPlace(place, communeName(place.communeCode))

  return {
    add(key: Key, place: Place): void {
      const entry = { key, place: read(place) }
      const cell = cellOf(place)
      for (const name of [...keysOf(entry.place), ...(cell ? [cell.join(':')] : [])]) {
        const list = entries.get(name)
        if (!list) entries.set(name, [entry])
        else if (list.length < mostCompared) list.push(entry)
      }
    },
    /** The likeliest first, three at most. */
    find(place: Place): Candidate<Key>[] {
      const asked = read(place)
      const met = new Set<Entry<Key>>()
      for (const name of [...keysOf(asked), ...around(place)])
        for (const entry of entries.get(name) ?? []) met.add(entry)
      const found: Candidate<Key>[] = []
      for (const { key, place: other } of met) {
        const likeness = findLikeness(asked, other)
        if (likeness) found.push({ key, place: other, likeness })
      }
      const weight = ({ name, street }: Likeness) => name + street
      return found.sort((a, b) => weight(b.likeness) - weight(a.likeness)).slice(0, mostShown)
    },
  }
}
