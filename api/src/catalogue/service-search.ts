import { emptyWords, everydayWords } from './everyday-words.ts'

/** Searching the catalogue by the words people use: no accents, no grammar, small typing mistakes allowed. */
export type SearchableService = { code: string; title: string; description: string; themeTitle: string }

type Entry = { weight: number; services: Map<string, number> }

const weights = { title: 10, description: 4, themeTitle: 2 }
/** "Smartphone : …" is about smartphones; "Adapter son smartphone" less so. */
const titleOpeningBonus = 2
/** A service far below the best one only repeats a word that many have. */
const keptShareOfBest = 0.34

/** `plainWords("L'École")` is `['l', 'ecole']`; a plural `s` or `x` is dropped from words of four letters or more. */
export function plainWords(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => (word.length > 3 ? word.replace(/[sx]$/, '') : word))
}

const expressions = new Map(
  Object.entries(everydayWords).map(([said, meant]) => [plainWords(said).join(' '), plainWords(meant)]),
)
const longestExpression = 4
/** In shorter ones a letter makes another word: "touche" is not "louche". */
const mistakenLetters = 7
const empty = new Set(plainWords(emptyWords))

/** The catalogue's words for an expression; one typing mistake is forgiven from seven letters on ("whatsap"). */
function whatIsMeant(expression: string): string[] | undefined {
  const exact = expressions.get(expression)
  if (exact || expression.length < mistakenLetters || empty.has(expression)) return exact
  for (const [known, meant] of expressions)
    if (known.length >= mistakenLetters && isOneMistakeAway(known, expression)) return meant
  return undefined
}

/** The words asked for, each with a weight: 1 as said, and what the catalogue calls it. */
function wordsAsked(query: string): Map<string, number> {
  const said = plainWords(query)
  const asked = new Map<string, number>()
  for (let start = 0; start < said.length; ) {
    let taken = 1
    let meant: string[] = []
    for (let size = Math.min(longestExpression, said.length - start); size > 0; size -= 1) {
      const found = whatIsMeant(said.slice(start, start + size).join(' '))
      if (!found) continue
      taken = size
      meant = found
      break
    }
    // "Pôle emploi" no longer means its second word once it is understood as a whole.
    if (taken === 1) asked.set(said[start]!, 1)
    for (const word of meant) if (!asked.has(word)) asked.set(word, 0.9)
    start += taken
  }
  return new Map([...asked].filter(([word]) => !empty.has(word)))
}

function buildIndex(services: readonly SearchableService[]): Map<string, Entry> {
  const index = new Map<string, Entry>()
  for (const service of services) {
    for (const [field, weight] of Object.entries(weights) as [keyof typeof weights, number][]) {
      for (const [place, word] of plainWords(service[field]).entries()) {
        const entry = index.get(word) ?? { weight: 0, services: new Map() }
        const value = field === 'title' && place < 2 ? weight + titleOpeningBonus : weight
        entry.services.set(service.code, Math.max(entry.services.get(service.code) ?? 0, value))
        index.set(word, entry)
      }
    }
  }
  for (const entry of index.values()) entry.weight = Math.log(1 + services.length / entry.services.size)
  return index
}

/** True when one letter added, dropped or changed, or two neighbours swapped, makes one word of the other. */
function isOneMistakeAway(a: string, b: string): boolean {
  if (a.length > b.length) return isOneMistakeAway(b, a)
  if (b.length - a.length > 1) return false
  let at = 0
  while (at < a.length && a[at] === b[at]) at += 1
  if (a.length < b.length) return a.slice(at) === b.slice(at + 1)
  const rest = a.slice(at + 1)
  return rest === b.slice(at + 1) || (a[at] === b[at + 1] && a[at + 1] === b[at] && rest.slice(1) === b.slice(at + 2))
}

/** How well a word of the catalogue answers the word asked: 1 the same, less for a beginning, least for a typing mistake. */
function likeness(asked: string, word: string): number {
  if (asked === word) return 1
  const [short, long] = asked.length < word.length ? [asked, word] : [word, asked]
  if (short.length >= 3 && short === asked && long.startsWith(short)) return 0.7
  if (short.length >= 5 && long.startsWith(short)) return 0.6
  if (short.length >= 5 && long.startsWith(short.slice(0, -1)) && long.length - short.length <= 4) return 0.45
  return asked.length >= 5 && isOneMistakeAway(asked, word) ? 0.5 : 0
}

/** Makes the search of one version of the catalogue. The result gives codes, best first; an empty query gives them all in order. */
export function serviceSearch(services: readonly SearchableService[]): (query: string) => string[] {
  const index = buildIndex(services)
  const codes = services.map((service) => service.code)

  return (query) => {
    const code = query.trim().toUpperCase()
    if (codes.includes(code)) return [code]
    const asked = wordsAsked(query)
    if (asked.size === 0) return query.trim() === '' ? codes : []

    const scores = new Map<string, number>()
    for (const [wanted, importance] of asked) {
      for (const [service, score] of bestByService(index, wanted))
        scores.set(service, (scores.get(service) ?? 0) + score * importance)
    }
    const best = Math.max(0, ...scores.values())
    return [...scores]
      .filter(([, score]) => score >= best * keptShareOfBest)
      .sort(([a, scoreA], [b, scoreB]) => scoreB - scoreA || codes.indexOf(a) - codes.indexOf(b))
      .map(([service]) => service)
  }
}

function bestByService(index: Map<string, Entry>, wanted: string): Map<string, number> {
  const best = new Map<string, number>()
  for (const [word, entry] of index) {
    const like = likeness(wanted, word)
    if (like === 0) continue
    for (const [service, weight] of entry.services)
      best.set(service, Math.max(best.get(service) ?? 0, like * weight * entry.weight))
  }
  return best
}
