import type { bankAccountState } from '@carnet/db'
import { electronicFormatIBAN, extractIBAN, isValidBIC, isValidIBAN } from 'ibantools'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'

/** Where an organisation is paid. One person gives the account, another one verifies it; one is verified on any day. */
export type BankAccountState = (typeof bankAccountState.enumValues)[number]
export type BankAccountEvent = 'verify' | 'reject' | 'supersede'

const bankAccountTransitions: Record<BankAccountState, Partial<Record<BankAccountEvent, BankAccountState>>> = {
  submitted: { verify: 'verified', reject: 'rejected' },
  verified: { supersede: 'superseded' },
  superseded: {},
  rejected: {},
}

export function bankAccountStateAfter(state: BankAccountState, event: BankAccountEvent): BankAccountState {
  const next = bankAccountTransitions[state][event]
  if (!next) throw new AppError('conflict', `bank_account_is_${state}`, `Cannot ${event} it now`)
  return next
}

/** Gives both without spaces, in capitals. Throws `invalid` `iban_invalid`, `bic_invalid`, `bic_of_another_country`. */
export function checkBankDetails(details: { iban: string; bic: string }): { iban: string; bic: string } {
  const iban = electronicFormatIBAN(details.iban) ?? ''
  const bic = details.bic.replace(/\s/g, '').toUpperCase()
  if (!isValidIBAN(iban)) throw new AppError('invalid', 'iban_invalid', 'The IBAN has a mistake')
  if (!isValidBIC(bic)) throw new AppError('invalid', 'bic_invalid', 'The BIC has a mistake')
  if (extractIBAN(iban).countryCode !== countryOfBic(bic))
    throw new AppError('invalid', 'bic_of_another_country', 'The BIC and the IBAN are of two countries')
  return { iban, bic }
}

/** Overseas banks have BICs of their own country code with French IBANs. */
const frenchTerritories = new Set(['GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF'])
function countryOfBic(bic: string): string {
  const country = bic.slice(4, 6)
  return frenchTerritories.has(country) ? 'FR' : country
}

/** `FR76 **** 0189`: enough for its owner to recognise it. */
export const maskedIban = (iban: string): string => `${iban.slice(0, 4)} **** ${iban.slice(-4)}`

/** In fours, as it stands on bank cards and transfer forms. */
export const spacedIban = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1\u00a0')

/** Two people: a mistake or a fraud by one of them sends no money. Throws `forbidden` `same_person`, `conflict`. */
export function checkVerification(
  account: { state: BankAccountState; submittedBy: string | null },
  verifierId: string,
  from: Day,
  currentFrom: Day | null,
): void {
  bankAccountStateAfter(account.state, 'verify')
  if (account.submittedBy === verifierId) throw new AppError('forbidden', 'same_person', 'Someone else must verify')
  if (currentFrom !== null && from <= currentFrom)
    throw new AppError('conflict', 'bank_account_starts_too_early', 'It must start after the current one', {
      currentFrom,
    })
}
