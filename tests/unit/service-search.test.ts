import { plainWords } from '@carnet/api/catalogue/service-search.ts'
import { expect, test } from 'vitest'
import { measureSearch, reference, search } from '../helpers/search-measure.ts'

/** What people say at a desk, and the service a mediator would pick. */
const everyday: [said: string, first: string][] = [
  ['caf', 'D02'],
  ['APL', 'D02'],
  ['impots', 'D05'],
  ['déclarer mes impôts', 'D05'],
  ['mot de passe', 'G06'],
  ['mdp oublié', 'G06'],
  ['pole emploi', 'E03'],
  ['Pôle emploi actualisation', 'E03'],
  ['ameli', 'D04'],
  ['carte vitale', 'D04'],
  ['arnaque', 'G07'],
  ['phishing', 'G07'],
  ['ouvrir une boite mail', 'C02'],
  ['pièce jointe', 'C02'],
  ['envoyer de grosses photos', 'C03'],
  ['whatsapp', 'C04'],
  ['visio', 'C05'],
  ['appeler mes petits enfants en vidéo', 'C05'],
  ['facebook', 'C07'],
  ['tiktok', 'C12'],
  ['smartphone', 'B01'],
  ['iphone', 'B08'],
  ['samsung', 'B07'],
  ['télécharger une appli', 'B05'],
  ['wifi', 'A09'],
  ['je débute avec un ordinateur', 'A01'],
  ['clé usb', 'A13'],
  ['retraite', 'D06'],
  ['rsa', 'D03'],
  ['carte grise', 'D14'],
  ['passeport', 'D14'],
  ['doctolib', 'D13'],
  ['carnet de santé', 'D12'],
  ['hlm', 'D15'],
  ['titre de séjour', 'D17'],
  ['handicap', 'D16'],
  ['faire un cv', 'E06'],
  ['cpf', 'E09'],
  ['excel', 'F04'],
  ['word', 'F01'],
  ['powerpoint', 'F07'],
  ['trier mes photos', 'K05'],
  ['pronote', 'H06'],
  ['contrôle parental', 'H04'],
  ['harcèlement', 'H07'],
  ['chatgpt', 'J10'],
  ['fake news', 'J06'],
  ['bitcoin', 'J04'],
  ['vendre sur leboncoin', 'K08'],
  ['banque', 'D18'],
  ['payer en ligne', 'D19'],
  ['facture edf', 'D07'],
  ['imprimante 3d', 'L02'],
  ['auto-entrepreneur', 'M07'],
  ['antivirus', 'G05'],
  ['cantine', 'D08'],
  ['franceconnect', 'D01'],
]

test.each(everyday)('"%s" finds %s first', (said, first) => {
  expect(search(said)[0]).toBe(first)
})

test('of everyday queries, 19 in 20 find a right service among the first three', () => {
  const { queries, share, missed } = measureSearch('everyday-queries.csv')
  expect(queries).toBeGreaterThanOrEqual(150)
  expect(share, missed.join(', ')).toBeGreaterThanOrEqual(0.95)
})

test('of queries that no word was written for, two in three do', () => {
  const { queries, share, missed } = measureSearch('held-out-queries.csv')
  expect(queries).toBe(30)
  expect(share, missed.join(', ')).toBeGreaterThanOrEqual(2 / 3)
})

test('a sentence finds what it is about among its first answers', () => {
  expect(search("je n'arrive pas à ouvrir mes mails").slice(0, 2)).toContain('C02')
  expect(search('telephone portable').slice(0, 3)).toContain('B02')
})

test('a typing mistake is forgiven, accents and capitals do not matter', () => {
  expect(search('ordinatuer')[0]).toBe('A01')
  expect(search('SÉJOUR')).toEqual(search('sejour'))
})

test('a code finds its service, nothing finds everything, nonsense finds nothing', () => {
  expect(search(' d05 ')).toEqual(['D05'])
  expect(search('')).toEqual(reference.services.map((service) => service.code))
  expect(search('zzz')).toEqual([])
  expect(search('vacances aux bahamas')).toEqual([])
  expect(search('comment faire')).toEqual([])
})

test('an answer is short enough to be read', () => {
  for (const [said] of everyday) expect(search(said).length).toBeLessThanOrEqual(20)
})

test('words are compared without accents, plurals and punctuation', () => {
  expect(plainWords("L'École, des œuvres")).toEqual(['l', 'ecole', 'des', 'oeuvre'])
})
