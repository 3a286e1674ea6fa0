import {
  errorMessages,
  errorSentence,
  type Locale,
  localeOf,
  type MessageKey,
  messages,
  translate,
} from '@carnet/api/shared/messages.ts'
import * as database from '@carnet/db'
import { describe, expect, test } from 'vitest'
import { readErrorCodes } from '../helpers/error-codes.ts'

const everything: [string, Record<Locale, string>][] = Object.entries({ ...messages, ...errorMessages })
const narrow = '\u202f'

describe('the one catalogue', () => {
  test.each(everything)('%s says something in both languages', (key, sentence) => {
    expect(Object.keys(sentence)).toEqual(['fr', 'en'])
    expect(sentence.fr.trim()).not.toBe('')
    expect(sentence.en.trim()).not.toBe('')
    expect(holes(sentence.en), `the values of ${key}`).toEqual(holes(sentence.fr))
  })

  test.each(everything)('%s follows the rules of print', (_, { fr, en }) => {
    expect(fr).not.toMatch(/[ \u00a0][;:!?»]|«[ \u00a0]|'|"|\d \d/)
    expect(en).not.toMatch(/'|"|[«»]/)
  })

  test('says it twice nowhere', () => {
    const keys = [...Object.keys(messages), ...Object.keys(errorMessages)]
    expect(new Set(keys).size).toBe(keys.length)
  })

  const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
})

describe('error codes', () => {
  const { codes, hidden } = readErrorCodes()

  test.each([...codes].sort())('%s is explained', (code) => {
    expect(Object.keys(errorMessages)).toContain(code)
  })

  test('none is hidden from this test', () => {
    expect(hidden).toEqual([])
  })

  test('none is explained that nothing throws', () => {
    expect(Object.keys(errorMessages).filter((code) => !codes.has(code))).toEqual([])
  })

  test('of a family say what the family says', () => {
    expect(errorSentence('campaign_is_closed', 'en')).toBe(errorMessages['campaign_is_*'].en)
    expect(errorSentence('enrolment_not_found', 'fr')).toBe(errorMessages['*_not_found'].fr)
    expect(errorSentence('paying_account_unknown', 'fr')).toBe(errorMessages['*_unknown'].fr)
    expect(errorSentence('nobody_knows', 'fr')).toBe(errorMessages.internal.fr)
  })
})

describe('what the field sees has its words', () => {
  const states = {
    campaign: database.campaignState,
    print_run: database.printRunState,
    box: database.boxState,
    period: database.periodState,
    batch: database.batchState,
    payout: database.payoutState,
    qualification: database.qualificationState,
    bank_account: database.bankAccountState,
    catalogue: database.catalogueState,
    device: database.deviceState,
    redemption: database.redemptionState,
    role: database.role,
  }

  test.each(Object.entries(states))('the states of a %s', (noun, { enumValues }) => {
    expect(Object.keys(messages)).toEqual(expect.arrayContaining(enumValues.map((value) => `${noun}.${value}`)))
  })

  test.each(database.refusalReason.enumValues)('%s says what happened and what to do next', (reason) => {
    expect(Object.keys(messages)).toEqual(expect.arrayContaining([`refusal.${reason}`, `refusal.${reason}.next`]))
  })

  test('there are 16 reasons, and "already used here" is told apart', () => {
    expect(database.refusalReason.enumValues).toHaveLength(16)
    expect(messages['refusal.already_used.here'].fr).not.toBe(messages['refusal.already_used'].fr)
  })

  test('a scan that cannot be verified is never called invalid', () => {
    expect(`${messages['scan.retry'].fr} ${messages['scan.retry'].en}`).not.toMatch(/invalid|refus|non valable/i)
  })
})

describe('translate', () => {
  test('fills in values and leaves a hole that has none', () => {
    const t = translate('fr')
    expect(t('start.signed_in', { name: 'Ada', role: t('role.funder') })).toBe(
      `Session ouverte${narrow}: Ada, Financeur.`,
    )
    expect(translate('en')('error.request')).toContain('{requestId}')
  })

  test('does not read a value as a sentence', () => {
    expect(translate('en')('start.signed_in', { name: '{role}', role: '$&' })).toBe('Signed in: {role}, $&.')
  })

  test.each<[string | undefined, string | undefined, Locale]>([
    [undefined, undefined, 'fr'],
    ['en', 'fr', 'en'],
    ['fr', 'en', 'fr'],
    ['de', 'en-GB,en;q=0.9', 'en'],
    [undefined, 'de-DE, en;q=0.5, fr;q=0.7', 'fr'],
    [undefined, 'en;q=0, *', 'fr'],
    [undefined, 'EN-us', 'en'],
    [undefined, ';;,q=,en', 'en'],
  ])('?lang=%s with Accept-Language %s reads %s', (lang, acceptLanguage, locale) => {
    expect(localeOf({ lang, acceptLanguage })).toBe(locale)
  })

  test('every key has a type', () => {
    const keys: MessageKey[] = ['start.title', 'refusal.withdrawn.next', 'role.auditor']
    expect(keys.map((key) => translate('fr')(key))).not.toContain(undefined)
  })
})
