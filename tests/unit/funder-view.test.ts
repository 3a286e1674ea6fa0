import { counted, Rich, shortened, typeset } from '@carnet/api/pages/components/sentences.tsx'
import { CampaignTag } from '@carnet/api/pages/funder/campaign-tag.tsx'
import { formatsOf } from '@carnet/api/shared/formats.ts'
import { translate } from '@carnet/api/shared/messages.ts'
import { describe, expect, test } from 'vitest'

describe('a sentence', () => {
  const fr = { locale: 'fr', formats: formatsOf('fr') } as const
  const en = { locale: 'en', formats: formatsOf('en') } as const
  test('counts as its language does', () => {
    expect([0, 1, 2].map((count) => counted(fr, count).s)).toEqual(['', '', 's'])
    expect([0, 1, 2].map((count) => counted(en, count).s)).toEqual(['s', '', 's'])
    expect(counted(fr, 3879).count).toBe('3\u202f879')
  })

  test('is bold between stars', () => {
    expect(String(Rich({ children: 'Reste *12 €* ici' }))).toBe('Reste <b>12 €</b> ici')
  })

  test('that people wrote gets the blanks of print, and no mark of its own', () => {
    expect(typeset("Hier : l'atelier « plein » à 80 % !")).toBe(
      'Hier\u202f: l’atelier «\u202fplein\u202f» à 80\u202f%\u202f!',
    )
    expect(String(Rich({ children: '<script>' }))).toBe('&lt;script&gt;')
  })

  test('is cut at a word', () => {
    expect(shortened('Les lieux ferment en août', 14)).toBe('Les lieux…')
    expect(shortened('Court', 14)).toBe('Court')
  })
})

test('a campaign that was closed before it ever opened says that it was cancelled', () => {
  const told = (openedOn: string | null) =>
    `${CampaignTag({ campaign: { state: 'closed', openedOn }, t: translate('fr') })}`
  expect(told(null)).toContain('Annulée')
  expect(told('2026-01-02')).toContain('Close')
})
