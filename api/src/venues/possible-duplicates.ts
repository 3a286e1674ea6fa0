import { kilometresBetween } from '../territories/distance.ts'

/**
 * Whether two entries of a directory may be one place: their names, addresses and the distance between them. It proposes, a
 * person decides, so it rather asks once too often. No input or output: files and the database are elsewhere.
 */
export type Place = {
  name: string
  address: string
  communeCode: string
  latitude: number | null
  longitude: number | null
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

/** Ways to say one thing in the names of places, the longer first. */
const sameWords: readonly (readonly [RegExp, string])[] = [
  [/\b(espace |maison )?(de )?france serv\w*|\bmsap\b|\bmaisons? (de )?services? au public\b/g, 'franceservices'],
  [/\bcentre communal d action sociale\b/g, 'ccas'],
  [/\b(bibliotheque|mediatheque|mediabib|ludotheque)s?\b/g, 'mediatheque'],
  [/\bhotel de ville\b|\bcommune\b/g, 'mairie'],
  [/\bmaison des? jeunes( et de la culture)?\b/g, 'mjc'],
  [/\bespaces? publics? numeriques?\b|\bcyber ?(base|espace|centre)s?\b/g, 'epn'],
  [/\bassociation\b|\bassoc?\b/g, ''],
]
const smallWords = new Set([
  'd',
  'l',
  'de',
  'du',
  'des',
  'la',
  'le',
  'les',
  'et',
  'a',
  'au',
  'aux',
  'en',
  'pour',
  'sur',
])
const genericWords = new Set([
  'municipal',
  'municipale',
  'intercommunal',
  'intercommunale',
  'espace',
  'site',
  'antenne',
])

const ways: Record<string, string> = {
  ...{ r: 'rue', av: 'avenue', ave: 'avenue', bd: 'boulevard', bld: 'boulevard', boul: 'boulevard', pl: 'place' },
  ...{ all: 'allee', allees: 'allee', ch: 'chemin', che: 'chemin', chem: 'chemin', rte: 'route', imp: 'impasse' },
  ...{ sq: 'square', fg: 'faubourg', fbg: 'faubourg', st: 'saint', ste: 'sainte', dr: 'docteur', gal: 'general' },
  ...{ gen: 'general', mal: 'marechal', pdt: 'president', pres: 'president', prof: 'professeur', q: 'quai' },
}
const kindsOfWays = new Set(['rue', 'avenue', 'boulevard', 'place', 'allee', 'chemin', 'route', 'impasse', 'square'])

const wordsOf = (text: string) => text.split(' ').filter((word) => word !== '' && !smallWords.has(word))

function nameWords(name: string): string[] {
  const said = sameWords.reduce((text, [pattern, word]) => text.replace(pattern, word), plain(name))
  return [...new Set(wordsOf(said).filter((word) => !genericWords.has(word)))]
}

function streetOf(address: string) {
  const words = wordsOf(plain(address)).map((word) => ways[word] ?? word)
  const number = words.find((word) => /^\d{1,4}$/.test(word))
  const street = words.filter((word) => !/^\d/.test(word) && !kindsOfWays.has(word) && !/^(bis|ter|cs|bp)$/.test(word))
  return { number, street }
}

/** One letter wrong, missing or too many, in a word of five or more; or the shorter begins the longer. */
function isNearly(a: string, b: string): boolean {
  if (a === b) return true
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length < 5 || long.length - short.length > 2) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at += 1
  const rest = short.length === long.length ? short.slice(at + 1) : short.slice(at)
  const isSwapped =
    short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2)
  return isSwapped || rest === long.slice(at + 1) || (long.startsWith(short) && short.length > 5)
}

const shared = (a: readonly string[], b: readonly string[]) =>
  a.filter((word) => b.some((other) => isNearly(word, other))).length
/** Share of words in common, 0 to 1. */
const likeness = (a: readonly string[], b: readonly string[]) =>
  a.length + b.length === 0 ? 0 : (2 * Math.min(shared(a, b), shared(b, a))) / (a.length + b.length)
const contains = (a: readonly string[], b: readonly string[]) =>
  a.length > 0 &&
  b.length > 0 &&
  shared(a.length < b.length ? a : b, a.length < b.length ? b : a) === Math.min(a.length, b.length)

const metresBetween = (a: Place, b: Place): number | undefined =>
  a.latitude === null || a.longitude === null || b.latitude === null || b.longitude === null
    ? undefined
    : 1000 *
      kilometresBetween(
        { latitude: a.latitude, longitude: a.longitude },
        { latitude: b.latitude, longitude: b.longitude },
      )

/** What was made of a place once, for the many it is compared with. */
export type ReadPlace = Place & { words: readonly string[]; street: readonly string[]; number: string | undefined }
export const readPlace = (place: Place, communeName = ''): ReadPlace => {
  const commune = wordsOf(plain(communeName))
  const words = nameWords(place.name)
  const telling = words.filter((word) => !commune.includes(word))
  return { ...place, words: telling.length > 0 ? telling : words, ...streetOf(place.address) }
}

/** Metres by which two files put the pin of one address apart, at the very most. */
const furthestPin = 3000

export type Likeness = { name: number; street: number; metres: number | undefined }

/** How alike they are when they may be one place, undefined when they are surely two. */
export function findLikeness(a: ReadPlace, b: ReadPlace): Likeness | undefined {
  const metres = metresBetween(a, b)
  const isElsewhere = metres === undefined ? a.communeCode !== b.communeCode : metres > furthestPin
  if (isElsewhere) return undefined
  const name = likeness(a.words, b.words)
  const street = likeness(a.street, b.street)
  const isSameNumber = a.number === undefined || b.number === undefined || a.number === b.number
  const isSameDoor = street >= 0.65 && isSameNumber
  const isHere = isSameDoor || (metres !== undefined && metres <= 60)
  const isNear = isHere || street >= 0.65 || (metres !== undefined && metres <= 300)
  const isInOther = contains(a.words, b.words)
  const isOne =
    (isHere && (name >= 0.5 || isInOther)) ||
    (isNear && (name >= 0.75 || (isInOther && name >= 0.6))) ||
    // Said alike in one commune, and nothing says that they are apart.
    (name >= 0.9 && a.communeCode === b.communeCode && (metres === undefined || metres <= 1000))
  return isOne ? { name, street, metres } : undefined
}
