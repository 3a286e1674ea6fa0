import { openStateText, timeText, weekText } from '@carnet/api/pages/public/hours-text.ts'
import { translate } from '@carnet/api/shared/messages.ts'
import { isOpenInTheEvening, isOpenOn, openStateAt, readOpeningHours } from '@carnet/api/venues/opening-hours.ts'
import { describe, expect, test } from 'vitest'

const t = { fr: translate('fr'), en: translate('en') }
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')
const said = (hours: string, locale: 'fr' | 'en' = 'fr') => {
  const week = readOpeningHours(hours)
  return week && plain(weekText(week, locale, t[locale]))
}
const at = (day: number, hour: number, minute = 0) => ({ day, minute: hour * 60 + minute })

describe('opening hours', () => {
  test.each([
    ['Mo-Fr 09:00-12:00,14:00-18:00', 'Lundi au vendredi, 9 h – 12 h et 14 h – 18 h'],
    ['Mo,Tu,Th 14:00-18:00', 'Lundi, mardi, jeudi, 14 h – 18 h'],
    ['Tu-Fr 10:00-12:30; Sa 10:00-12:30; Th off', 'Mardi, mercredi, vendredi, samedi, 10 h – 12 h 30'],
    ['Mo-Th 09:00-12:00; Tu 14:00-18:30', 'Lundi, mercredi, jeudi, 9 h – 12 h ; mardi, 14 h – 18 h 30'],
    ['Fr-Mo 10:00-17:00', 'Lundi, vendredi, samedi, dimanche, 10 h – 17 h'],
    ['Mo 09:00-12:00, We 09:00-12:00; PH off', 'Lundi, mercredi, 9 h – 12 h'],
    ['24/7', 'Lundi au dimanche, 0 h – 24 h'],
  ])('%s is read as people say it', (hours, sentence) => {
    expect(said(hours)).toBe(sentence)
  })

  test('are read in English too', () => {
    expect(said('Mo-Fr 09:00-12:00,13:30-17:00', 'en')).toBe('Monday to Friday, 9:00 – 12:00 and 13:30 – 17:00')
    expect(plain(timeText(570, 'fr'))).toBe('9 h 30')
  })

  test.each([
    'sur rendez-vous',
    'week 1-53/2 Mo 09:00-12:00',
    'Mo-Fr 18:00-09:00',
    'Mo "on request"',
    'Jan-Mar 09:00-12:00',
  ])('%s is not guessed', (hours) => {
    expect(readOpeningHours(hours)).toBeNull()
  })
})

describe('now', () => {
  const week = readOpeningHours('Mo-Fr 09:00-12:00,14:00-18:30; Sa 09:00-12:00')!
  const says = (day: number, hour: number, minute = 0) =>
    plain(openStateText(openStateAt(week, at(day, hour, minute)), 'fr', t.fr))

  test('says until when it is open, or when it opens next', () => {
    expect(says(0, 9)).toBe('Ouvert jusqu’à 12 h')
    expect(says(0, 12)).toBe('Fermé, ouvre à 14 h')
    expect(says(0, 18, 30)).toBe('Fermé, ouvre demain à 9 h')
    expect(says(5, 12)).toBe('Fermé, ouvre lundi à 9 h')
    expect(openStateAt(readOpeningHours('Mo off')!, at(0, 9))).toEqual({ isOpen: false, opens: null })
  })

  test('knows evenings and days', () => {
    expect([isOpenInTheEvening(week), isOpenOn(week, 5), isOpenOn(week, 6)]).toEqual([true, true, false])
  })
})
