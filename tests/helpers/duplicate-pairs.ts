import { readFileSync } from 'node:fs'
import { readStandardCsv } from '@carnet/api/venues/national-standard.ts'
import { findLikeness, type Place, readPlace } from '@carnet/api/venues/possible-duplicates.ts'

/** Two entries and whether they are one place: 160 made by rule from the seed, 40 hard ones written by hand. */
export type Pair = { a: Place; b: Place; isOne: boolean; commune: [string, string]; why: string }

const seed = readFileSync(new URL('../../db/seeds/venues-16.csv', import.meta.url), 'utf8')
const degrees = (cell: string) => (cell === '' ? null : Number(cell))
type Known = Place & { commune: string }
const known: Known[] = readStandardCsv(seed).rows.map(({ cells }) => ({
  name: cells.nom!,
  address: cells.adresse!,
  communeCode: cells.code_insee!,
  commune: cells.commune!,
  latitude: degrees(cells.latitude!),
  longitude: degrees(cells.longitude!),
}))

const bare = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()
const short = (address: string) =>
  address
    .replace(/\bavenue\b/i, 'av.')
    .replace(/\bboulevard\b/i, 'bd')
    .replace(/\bplace\b/i, 'pl')
    .replace(/\brue\b/i, 'r.')
    .replace(/\broute\b/i, 'rte')
const longest = (name: string) => name.split(/[^\p{L}]+/u).toSorted((x, y) => y.length - x.length)[0]!
const mistyped = (name: string) => {
  const word = longest(name)
  return name.replace(word, word.slice(0, -3) + word.slice(-2))
}
const shifted = ({ latitude, longitude }: Known, metres: number): Pick<Place, 'latitude' | 'longitude'> => ({
  latitude: latitude === null ? null : latitude + metres / 111_000,
  longitude,
})
const saidOtherwise = (name: string) =>
  /médiathèque/i.test(name)
    ? name.replace(/médiathèque/i, 'Bibliothèque')
    : /france services/i.test(name)
      ? name.replace(/(espace )?france services/i, 'Maison France Services')
      : `${name} – espace numérique`

/** As another programme would have written down the same place. */
const sameAgain: readonly [string, (place: Known) => Place][] = [
  [
    'capitals, short words, no map',
    (p) => ({ ...p, name: bare(p.name), address: short(p.address), latitude: null, longitude: null }),
  ],
  ['a letter is missing, 40 m off', (p) => ({ ...p, name: mistyped(p.name), ...shifted(p, 40) })],
  [
    'more is said',
    (p) => ({ ...p, name: `${p.name} (accueil)`, address: `${p.address} CS 10203`, latitude: null, longitude: null }),
  ],
  ['another word for its kind', (p) => ({ ...p, name: saidOtherwise(p.name), ...shifted(p, 20) })],
]

const apart = (a: Known, b: Known) =>
  a.latitude === null || b.latitude === null ? 9 : Math.hypot(a.latitude - b.latitude, a.longitude! - b.longitude!)
const byRule: Pair[] = known.flatMap((place, at) => {
  const other = known.filter((one) => one !== place).toSorted((x, y) => apart(place, x) - apart(place, y))[0]!
  const namesake = { ...place, communeCode: '16999', commune: 'Ailleurs', ...shifted(place, 9000) }
  const again = [sameAgain[at % 4]!, sameAgain[(at + 1) % 4]!]
  return [
    ...again.map(([why, say]) => ({ a: place, b: say(place), isOne: true, commune: both(place.commune), why })),
    { a: place, b: other, isOne: false, commune: [place.commune, other.commune], why: 'the nearest other place' },
    { a: place, b: namesake, isOne: false, commune: [place.commune, 'Ailleurs'], why: 'the same words 9 km away' },
  ] satisfies Pair[]
})
function both(commune: string): [string, string] {
  return [commune, commune]
}

type Said = [name: string, address: string, at?: [number, number]]
const town = { communeCode: '26281', commune: 'Romans-sur-Isère' }
const made = ([name, address, at]: Said): Place => {
  const [latitude, longitude] = at ?? [null, null]
  return { name, address, communeCode: town.communeCode, latitude, longitude }
}
const pair =
  (isOne: boolean) =>
  ([why, a, b]: [string, Said, Said]): Pair => ({
    ...{ a: made(a), b: made(b), isOne, commune: both(town.commune), why },
  })
const here: [number, number] = [45.045, 5.05]
const far: [number, number] = [45.075, 5.09]

const hardSame: [string, Said, Said][] = [
  [
    'a programme names the desk, another the library',
    ['Médiathèque Simone-de-Beauvoir', 'Rue Sabaton'],
    ['Mediathèque S. de Beauvoir', '1 rue Sabaton'],
  ],
  [
    'the letters of a name',
    ['Centre communal d’action sociale', '4 place Jean Jaurès'],
    ['CCAS de Romans-sur-Isère', '4 pl. J. Jaurès'],
  ],
  ['town hall', ['Mairie de Romans-sur-Isère', 'Place Jules Nadi'], ['Hôtel de ville', 'Place Jules Nadi']],
  [
    'old name of the programme',
    ['Maison de services au public', '12 rue Pêcherie'],
    ['France services', '12 rue de la Pêcherie'],
  ],
  [
    'only the map agrees',
    ['Espace public numérique La Monnaie', 'Quartier de la Monnaie', here],
    ['EPN la Monnaie', 'Bât. C, 3e étage', here],
  ],
  ['mistyped street', ['Fablab 8 Fablab', '8 rue Boniface'], ['8 Fablab', '8 rue Bonifasse']],
  ['article and legal form', ['Association Le Tremplin', '3 rue Guillaume'], ['Tremplin (Le)', '3 Rue Guillaume']],
  ['saint', ['Centre social Saint-Nicolas', '11 avenue Gambetta'], ['Centre social St Nicolas', '11 Av Gambetta']],
  [
    'number lacks',
    ['Maison de quartier Saint-Nicolas', '5 rue Magnard'],
    ['Maison de quartier St-Nicolas', 'Rue Magnard'],
  ],
  ['doctor', ['Mission locale', '7 rue du Docteur Eynard'], ['Mission Locale Drôme des Collines', '7 r. Dr Eynard']],
  ['swapped letters', ['Cyberespace Fauriel', '2 impasse Fauriel'], ['Cyberespace Faureil', '2 imp. Fauriel']],
  [
    'what is inside is named',
    ['Bibliothèque municipale La Monnaie', '6 rue Bistour'],
    ['Médiathèque La Monnaie – espace multimédia', '6 rue Bistour'],
  ],
  [
    'a moved pin',
    ['Emmaüs Connect', '9 boulevard Gabriel Péri', here],
    ['Emmaus connect Romans', '9 bd Gabriel Peri', [45.0465, 5.051]],
  ],
  [
    'network before the name',
    ['Relais numérique Le Rond Point', '22 rue de la Cité'],
    ['Le Rond-Point', '22 rue de la Cité'],
  ],
  [
    'no address at one',
    ['Ressourcerie numérique Valdac', 'Zone industrielle', here],
    ['Ressourcerie Numérique Valdac', 'ZI', here],
  ],
  [
    'general',
    ['Point information jeunesse', '1 avenue du Général de Gaulle'],
    ['Point Information Jeunesse (PIJ)', '1 av. Gal de Gaulle'],
  ],
  [
    'hyphens and commas',
    ['La Cordonnerie - La Cité de la Musique', '1, place des Cordeliers'],
    ['La Cordonnerie, Cité de la musique', '1 Place des Cordeliers'],
  ],
  [
    'only part of the name',
    ['Maison des jeunes et de la culture Robert-Martin', '10 rue Berthelot'],
    ['MJC Robert Martin', '10, rue Berthelot'],
  ],
  [
    'a name of its own and the plain one',
    ['Le Quai numérique', '17 quai Sainte-Claire'],
    ['Tiers-lieu de Romans', '17 quai Ste Claire'],
  ],
  [
    'a trade name and who runs it',
    ['Atelier Coup de pouce', '40 rue Jacquemart'],
    ['Familles rurales', '40 rue Jacquemart'],
  ],
]
const hardOther: [string, Said, Said][] = [
  [
    'one building, two services',
    ['Mairie de Romans-sur-Isère', 'Place Jules Nadi'],
    ['France services', 'Place Jules Nadi'],
  ],
  [
    'one building, two services',
    ['CCAS de Romans-sur-Isère', '4 place Jean Jaurès'],
    ['Mission locale', '4 place Jean Jaurès'],
  ],
  [
    'two libraries of one town',
    ['Médiathèque Simone de Beauvoir', '1 rue Sabaton', here],
    ['Médiathèque La Monnaie', '6 rue Bistour', far],
  ],
  [
    'two social centres',
    ['Centre social Saint-Nicolas', '11 avenue Gambetta', here],
    ['Centre social Europe', '2 rue Saint-Exupéry', far],
  ],
  [
    'two quarters',
    ['Maison de quartier des Ors', '10 rue Triboulet', here],
    ['Maison de quartier Balzac', '1 rue Balzac', far],
  ],
  [
    'same street, far numbers',
    ['Association Trait d’union', '3 rue Jacquemart', here],
    ['Familles rurales', '40 rue Jacquemart', [45.0462, 5.0512]],
  ],
  ['a branch of the town hall', ['Mairie', 'Place Jules Nadi', here], ['Mairie annexe Est', '3 avenue Berthelot', far]],
  ['neighbours', ['Secours populaire', '5 rue Magnard', here], ['Restos du cœur', '7 rue Magnard', here]],
  [
    'one door, two associations',
    ['Secours catholique', '12 place Jean Jaurès'],
    ['Ligue de l’enseignement', '12 place Jean Jaurès'],
  ],
  [
    'names of streets look alike',
    ['Point relais Gambetta', '8 avenue Gambetta', here],
    ['Point relais Gaillard', '8 place Gaillard', far],
  ],
  ['post office and library', ['La Poste', '1 rue Sabaton'], ['Médiathèque Simone de Beauvoir', '1 rue Sabaton']],
  [
    'two post offices',
    ['La Poste Romans centre', 'Place Jean Jaurès', here],
    ['La Poste Romans La Monnaie', 'Rue Bistour', far],
  ],
  ['school and leisure centre', ['École Saint-Just', '14 rue Saint-Just'], ['Centre de loisirs', '14 rue Saint-Just']],
  [
    'two cyber rooms',
    ['Cyberbase de la gare', '2 place Carnot', here],
    ['Cyberbase des Chasses', '5 rue des Chasses', far],
  ],
  ['a fablab beside a co-working', ['8 Fablab', '8 rue Boniface'], ['Le Bureau partagé', '8 rue Boniface']],
  [
    'département and town in one house',
    ['Centre médico-social', '42 avenue Gambetta'],
    ['Antenne de la Métropole', '42 avenue Gambetta'],
  ],
  [
    'two France services of one town',
    ['France services Nord', '1 rue de Clérieux', here],
    ['France services Sud', '9 quai Dauphin', far],
  ],
  [
    'a bus that stops in front',
    ['Bus numérique Drôme', 'Place Jules Nadi', here],
    ['Mairie', 'Place Jules Nadi', here],
  ],
  ['job office', ['France Travail', '6 rue Pierre Semard', here], ['Mission locale', '7 rue du Docteur Eynard', far]],
  [
    'two homes for young workers',
    ['Résidence Habitat jeunes Centre', '3 rue des Clercs', here],
    ['Résidence Habitat jeunes Gare', '18 rue Pasteur', far],
  ],
]

export const duplicatePairs: readonly Pair[] = [...byRule, ...hardSame.map(pair(true)), ...hardOther.map(pair(false))]

/** How right the rule is: of what it proposes, and of what there is to find. */
export function measureDuplicates(pairs: readonly Pair[] = duplicatePairs) {
  const judged = pairs.map((one) => ({
    ...one,
    isFound: findLikeness(readPlace(one.a, one.commune[0]), readPlace(one.b, one.commune[1])) !== undefined,
  }))
  const right = judged.filter(({ isOne, isFound }) => isOne && isFound).length
  const wrong = judged.filter(({ isOne, isFound }) => isOne !== isFound)
  return {
    pairs: judged.length,
    precision: right / judged.filter(({ isFound }) => isFound).length,
    recall: right / judged.filter(({ isOne }) => isOne).length,
    wrong,
  }
}
