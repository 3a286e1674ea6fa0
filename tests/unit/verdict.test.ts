import type { KeptScan } from '@carnet/scanner-pwa/queue/scan.ts'
import type { Shown } from '@carnet/scanner-pwa/shown.ts'
import type { Facts, Verdict } from '@carnet/scanner-pwa/verdict/shape.ts'
import { verdictOf } from '@carnet/scanner-pwa/verdict/verdict.ts'
import { expect, test } from 'vitest'
import { newScan } from '../helpers/phone-queue.ts'

const calm: Facts = {
  scan: undefined,
  reach: 'offline',
  isExpected: false,
  isPayable: true,
  pendingCount: 1,
  total: { count: 1, euros: 10 },
  exercise: null,
}
const scanThat = (also: Partial<KeptScan>): KeptScan => ({
  ...newScan(),
  ...{ order: 1, rank: 1, keptAt: 0, state: 'kept', seq: null, tries: 0, answer: {}, settledAt: null },
  ...{ isChanging: false, troubleAt: null, isFiled: false, mustTellAgain: false },
  ...also,
})
const ofScan = (scan: Partial<KeptScan>, facts: Partial<Facts> = {}) =>
  verdictOf({ kind: 'scan', scanId: '', text: '' }, { ...calm, ...facts, scan: scanThat(scan) })
/** As they are read, one space for each that print knows. */
const wordsOf = ({ title, lead, why, next = [], foot }: Verdict) =>
  [title, lead, why, ...next, foot].filter(Boolean).join(' | ').replace(/\s/g, ' ')

test('a voucher that is kept says why it waits, and always to keep the paper', () => {
  const whys = (['offline', 'silent', 'online', 'unlinked'] as const).map((reach) => wordsOf(ofScan({}, { reach })))
  expect(whys.map((words) => words.split(' | ')[2])).toEqual([
    'Pas de réseau',
    'Le réseau ne répond pas',
    'Pas encore de réponse',
    'Ce téléphone n’est plus relié',
  ])
  for (const words of whys) expect(words).toContain('Gardez le chèque.')
})

test('the room that is left is said from the 35th voucher on, and the last one says what to do before the next', () => {
  const roomAt = (pendingCount: number) => ofScan({}, { pendingCount }).next!.slice(1).join().replace(/\s/g, ' ')
  expect(roomAt(34)).toBe('')
  expect(roomAt(35)).toBe('Encore 5 places sur ce téléphone : trouvez du réseau bientôt.')
  expect(roomAt(39)).toBe('Encore 1 place sur ce téléphone : trouvez du réseau maintenant.')
  expect(roomAt(40)).toBe('Ce téléphone est plein. Trouvez du réseau avant le chèque suivant.')
})

test('a day of payment is promised only to a venue that can be paid', () => {
  const answer = { paidOn: '2026-04-07' }
  expect(wordsOf(ofScan({ state: 'accepted', answer }))).toContain('10 €, payé le 7 avril')
  const without = ofScan({ state: 'accepted', answer }, { isPayable: false })
  expect(without).toMatchObject({
    silhouette: 'accepted',
    lead: 'Payé dès que le compte bancaire du lieu est vérifié',
  })
})

test('only a server that said so turns a screen green, and a training voucher only in the exercise', () => {
  expect(ofScan({}).silhouette).toBe('kept')
  expect(ofScan({ isUnverified: true }).silhouette).toBe('unknown')
  for (const state of ['accepted', 'kept'] as const) {
    const training = ofScan({ state, isTraining: true, euros: 0 })
    expect(training).toMatchObject({ silhouette: 'checked', lead: 'Il ne paie rien.', goesOn: false })
  }
  expect(ofScan({ state: 'accepted', isTraining: true }, { exercise: 1 }).silhouette).toBe('accepted')
})

test('what nobody kept says so, never that it stays in a list', () => {
  const shown: Shown[] = [
    { kind: 'local', reason: 'expired', text: '' },
    { kind: 'not_kept', why: 'full', text: '', isTyped: false },
    { kind: 'not_kept', why: 'full_of_typed', text: '', isTyped: true },
    { kind: 'not_kept', why: 'broken', text: '', isTyped: false },
    ...(['typed', 'damaged', 'cover', 'other'] as const).map((what) => ({ kind: 'not_a_voucher' as const, what })),
    { kind: 'check', answer: 'no_answer', text: '', euros: null, lastDay: null },
    { kind: 'check', answer: 'too_many', text: '', euros: null, lastDay: null },
  ]
  for (const one of shown) {
    const words = wordsOf(verdictOf(one, calm))
    expect(words).toMatch(/rien n’(a été|est) enregistré|pas enregistré/i)
    expect(words).not.toMatch(/À traiter|partira/)
  }
})

test('the same voucher of another day asks for another one, and may be kept all the same', () => {
  const again = (day: string | null) => verdictOf({ kind: 'again', rank: null, day, isTraining: false, text: '' }, calm)
  expect(wordsOf(again(null))).toContain('Rien à faire')
  expect(wordsOf(again('2026-03-02'))).toBe(
    'Déjà scanné ici | Le 2 mars, sur ce téléphone. | Que faire ? | Demandez un autre chèque du carnet.',
  )
  expect(again('2026-03-02').actions).toEqual(['other', 'keep_anyway'])
})

test('a voucher of a box that is not active yet is one of its sample, and the next one is named', () => {
  const check = (sample: {
    isCounted: boolean
    goodSamples: number
    nextCovers: { first: number; last: number } | null
  }) =>
    verdictOf(
      {
        kind: 'check',
        answer: { outcome: 'refused', reason: 'not_active', sample },
        text: '',
        euros: 10,
        lastDay: null,
      },
      calm,
    )
  const first = check({ isCounted: true, goodSamples: 1, nextCovers: { first: 5, last: 7 } })
  expect(first).toMatchObject({ silhouette: 'checked', actions: ['check_other'] })
  expect(wordsOf(first)).toMatch(/^Échantillon : 1 sur 3 .* entre les couvertures 5 et 7\.$/)
  const same = check({ isCounted: false, goodSamples: 1, nextCovers: { first: 5, last: 7 } })
  expect(wordsOf(same)).toContain('Ce chèque n’est pas celui qu’il faut lire.')
  expect(wordsOf(check({ isCounted: true, goodSamples: 3, nextCovers: null }))).toContain('peut activer le colis')
})
