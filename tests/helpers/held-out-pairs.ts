import { readFileSync } from 'node:fs'
import { readTable } from '@carnet/api/catalogue/read-catalogue-file.ts'
import type { Place } from '@carnet/api/venues/possible-duplicates.ts'
import type { Pair } from './duplicate-pairs.ts'

/**
 * Pairs that the rule was never shown while it was written: other places, of the whole country, and other ways to write them down than
 * those of the labelled pairs. What it says of them is what it is worth on a file that nobody has seen; the rule is not changed for them.
 */
type Known = Place & { commune: string }
const file = readFileSync(new URL('./held-out-places.csv', import.meta.url), 'utf8')
const places = readTable(file)
  .slice(1)
  .map(
    ([name, address, commune, code, latitude, longitude]): Known => ({
      ...{ name: name!, address: address!, commune: commune!, communeCode: code! },
      ...{ latitude: Number(latitude), longitude: Number(longitude) },
    }),
  )

const noMap = { latitude: null, longitude: null }
const moved = ({ latitude, longitude }: Known, metres: number) => ({
  latitude: latitude! - metres / 157_000,
  longitude: longitude! + metres / 157_000 / Math.cos((latitude! * Math.PI) / 180),
})
/** Two neighbouring letters of the longest word change places. */
const swapped = (text: string) => {
  const word = text.split(/[^\p{L}]+/u).toSorted((a, b) => b.length - a.length)[0]!
  const at = Math.floor(word.length / 2)
  return text.replace(word, word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2))
}
const number = (address: string) => Number(/^\d+/.exec(address)?.[0] ?? 1)

const again: readonly [string, (place: Known) => Place][] = [
  ['the programme before the name', (p) => ({ ...p, name: `Conseiller numérique – ${p.name}`, ...noMap })],
  [
    'the name before its kind',
    (p) => ({ ...p, name: `${p.name.split(' ').slice(1).join(' ')} (${p.name.split(' ')[0]})`, ...moved(p, 25) }),
  ],
  ['letters swapped in both', (p) => ({ ...p, name: swapped(p.name), address: swapped(p.address), ...noMap })],
  ['no number, another pin', (p) => ({ ...p, address: p.address.replace(/^\d+ /, ''), ...moved(p, 120) })],
  ['the building first', (p) => ({ ...p, address: `Bâtiment B, ${p.address}`, name: p.name.toUpperCase(), ...noMap })],
  [
    'the commune after the name',
    (p) => ({ ...p, name: `${p.name} ${p.commune}`, address: `${p.address}, BP 40`, ...moved(p, 400) }),
  ],
]
const others: readonly [string, (place: Known) => Place & { commune?: string }][] = [
  [
    'its kind in another quarter',
    (p) => ({
      ...p,
      name: `${p.name.split(' ')[0]} du Vieux Moulin`,
      address: '6 chemin du Vieux Moulin',
      ...moved(p, 1500),
    }),
  ],
  [
    'further in the same street',
    (p) => ({
      ...p,
      name: 'Atelier vélo',
      address: p.address.replace(/^\d+/, String(number(p.address) + 40)),
      ...noMap,
    }),
  ],
  [
    'its namesake in the next commune',
    (p) => ({ ...p, address: '2 place de la Mairie', communeCode: '99998', commune: 'Voisine', ...moved(p, 5200) }),
  ],
  ['another door of the same house', (p) => ({ ...p, name: 'Protection maternelle et infantile' })],
  [
    'another club of the same quarter',
    (p) => ({
      ...p,
      name: 'Club des aînés ruraux',
      address: `${number(p.address) + 2} ${p.address.replace(/^\d+ /, '')}`,
      ...moved(p, 30),
    }),
  ],
  [
    'a second of its kind, close by',
    (p) => ({ ...p, name: `${p.name.split(' ')[0]} des Capucins`, address: '1 rue des Capucins', ...moved(p, 700) }),
  ],
]

export const heldOutPairs: readonly Pair[] = places.flatMap((place, at) => {
  const pick = <Item>(list: readonly Item[], step: number) => list[(at + step) % list.length]!
  const same = [pick(again, 0), pick(again, 2)].map(([why, say]) => pairOf(place, say(place), true, why))
  const other = [pick(others, 0), pick(others, 3)].map(([why, say]) => pairOf(place, say(place), false, why))
  return [...same, ...other]
})

function pairOf(a: Known, b: Place & { commune?: string }, isOne: boolean, why: string): Pair {
  return { a, b, isOne, why, commune: [a.commune, b.commune ?? a.commune] }
}
