import {
  bankAccountStateAfter,
  checkBankDetails,
  checkVerification,
  maskedIban,
} from '@carnet/api/venues/bank-account.ts'
import { expect, test } from 'vitest'

const iban = 'FR7630006000011234567890189'

test('an IBAN and a BIC are kept without spaces, in capitals', () => {
  expect(checkBankDetails({ iban: 'fr76 3000 6000 0112 3456 7890 189', bic: 'agri frpp' })).toEqual({
    iban,
    bic: 'AGRIFRPP',
  })
  expect(checkBankDetails({ iban, bic: 'SOGEGPGX' }).bic).toBe('SOGEGPGX')
})

test.each([
  ['FR7630006000011234567890188', 'AGRIFRPP', 'The IBAN has a mistake'],
  [iban, 'AGRIF', 'The BIC has a mistake'],
  [iban, 'DEUTDEFF', 'of two countries'],
])('%s with %s is refused', (wrongIban, bic, message) => {
  expect(() => checkBankDetails({ iban: wrongIban, bic })).toThrow(message)
})

test('an account is verified by another person than the one who gave it', () => {
  const account = { state: 'submitted', submittedBy: 'ada' } as const
  expect(() => checkVerification(account, 'ada', '2026-03-01', null)).toThrow('Someone else')
  expect(() => checkVerification(account, 'grace', '2026-03-01', null)).not.toThrow()
})

test('an account starts after the one it replaces', () => {
  const account = { state: 'submitted', submittedBy: 'ada' } as const
  expect(() => checkVerification(account, 'grace', '2026-03-01', '2026-03-01')).toThrow('after the current one')
})

test('a verified account is superseded, a rejected one stays rejected', () => {
  expect(bankAccountStateAfter('verified', 'supersede')).toBe('superseded')
  expect(() => bankAccountStateAfter('rejected', 'verify')).toThrow('Cannot verify')
  expect(() => bankAccountStateAfter('superseded', 'verify')).toThrow('Cannot verify')
})

test('an IBAN is shown by its two ends', () => {
  expect(maskedIban(iban)).toBe('FR76 **** 0189')
})
