import { phoneStateOf } from '@carnet/api/devices/phone-state.ts'
import { monthsBefore } from '@carnet/api/shared/days.ts'
import { readApplication, readHours } from '@carnet/api/venues/application.ts'
import { describe, expect, test } from 'vitest'

describe('opening hours as people type them', () => {
  test.each([
    ['9h-12h, 14h-17h30', 'Mo 09:00-12:00,14:00-17:30'],
    ['9:00 – 12:15', 'Mo 09:00-12:15'],
    ['9 à 12 et 14 à 18', 'Mo 09:00-12:00,14:00-18:00'],
    ['0h-24h', 'Mo 00:00-24:00'],
  ])('%s', (typed, standard) => expect(readHours({ hoursMo: typed })).toBe(standard))

  test.each(['le matin', '12h-9h', '9h', '9h-25h', '9h75-12h', '9h-12h,'])('%s is not guessed', (typed) => {
    expect(readHours({ hoursMo: typed })).toBeUndefined()
  })

  test('days without hours are left out, and none at all is no hours', () => {
    expect(readHours({ hoursMo: '', hoursTu: '9h-12h', hoursSu: '10h-11h' })).toBe('Tu 09:00-12:00; Su 10:00-11:00')
    expect(readHours({})).toBeNull()
  })
})

describe('an application', () => {
  const known = { language: 'fr', findCommune: () => '16015', themes: ['A', 'B'], labels: ['France Services'] } as const
  const values = {
    ...{ siret: '732 829 320 00074', legalName: 'Les Halles', venueName: 'Tiers-lieu', address: '3 place' },
    ...{ postalCode: '16000', commune: 'Angoulême', contactName: 'Awa Diop', contactEmail: 'Awa@Example.org' },
  }

  test('is read with what the lists know and nothing else', () => {
    const read = readApplication({ ...values, scope: 'some', themes: 'A,Z', labels: 'France Services,Other' }, known)
    expect(read).toMatchObject({
      application: {
        siret: '73282932000074',
        themes: ['A'],
        labels: ['France Services'],
        contactEmail: 'awa@example.org',
      },
    })
  })

  test('names every field that is wrong at once', () => {
    const nowhere = { ...known, findCommune: () => undefined }
    expect(readApplication({ scope: 'some', hoursMo: 'x' }, nowhere)).toEqual({
      wrong: [
        ...['siret', 'legalName', 'venueName', 'address', 'postalCode', 'commune', 'themes', 'hours'],
        ...['contactName', 'contactEmail'],
      ],
    })
  })

  test('is forgotten by the calendar, not by a count of days', () => {
    expect(monthsBefore('2026-09-12', 6)).toBe('2026-03-12')
    expect(monthsBefore('2026-08-31', 6)).toBe('2026-02-28')
    expect(monthsBefore('2026-03-15', 6)).toBe('2025-09-15')
  })
})

describe('what a manager should know of a phone', () => {
  const phone = { state: 'active', lastSeenOn: '2026-03-10', expiresOn: '2026-06-08', pending: 0 } as const

  test.each([
    ['up_to_date', {}],
    ['owes', { pending: 2 }],
    ['silent', { pending: 2, lastSeenOn: '2026-03-07' }],
    ['expiring', { expiresOn: '2026-03-24' }],
    ['expired', { expiresOn: '2026-03-09', pending: 3 }],
    ['revoked', { state: 'revoked', pending: 3 }],
  ] as const)('%s', (state, change) => expect(phoneStateOf({ ...phone, ...change }, '2026-03-10')).toBe(state))
})
