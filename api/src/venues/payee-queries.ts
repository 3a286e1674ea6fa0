import { bankAccounts, type Database, organisations, type Transaction, venueQualifications, venues } from '@carnet/db'
import { and, desc, eq, gte, inArray, isNull, or, sql } from 'drizzle-orm'
import { addDays, type Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { type BankAccountEvent, bankAccountStateAfter } from './bank-account.ts'
import type { QualificationState } from './qualification.ts'

type Reader = Database | Transaction
export type BankAccount = typeof bankAccounts.$inferSelect
export type Qualification = typeof venueQualifications.$inferSelect

/** Decisions about one venue come one after the other. Scans at the venue do not wait for this lock. */
export async function lockVenue(
  tx: Transaction,
  venueId: string,
): Promise<{ organisationId: string; siret: string | null }> {
  const [locked] = await tx
    .select({ organisationId: venues.organisationId })
    .from(venues)
    .where(eq(venues.id, venueId))
    .for('no key update')
  if (!locked) throw new AppError('not_found', 'venue_not_found', 'There is no such venue')
  const [organisation] = await tx
    .select({ siret: organisations.siret })
    .from(organisations)
    .where(eq(organisations.id, locked.organisationId))
  return { ...locked, siret: organisation?.siret ?? null }
}

export async function findCurrentQualification(db: Reader, venueId: string): Promise<Qualification | undefined> {
  const [current] = await db
    .select()
    .from(venueQualifications)
    .where(and(eq(venueQualifications.venueId, venueId), isNull(venueQualifications.validUntil)))
  return current
}

/** The days of the current decision end where the new one's begin. */
export async function replaceQualification(
  tx: Transaction,
  current: Qualification | undefined,
  next: { venueId: string; state: QualificationState; validFrom: Day; decidedBy: string | null },
): Promise<Qualification> {
  if (current)
    await tx
      .update(venueQualifications)
      .set({ validUntil: next.validFrom })
      .where(eq(venueQualifications.id, current.id))
  const [created] = await tx.insert(venueQualifications).values(next).returning()
  return created!
}

/** Accounts of one organisation are decided one after the other. */
export async function lockOrganisation(tx: Transaction, id: string): Promise<void> {
  const [locked] = await tx
    .select({ id: organisations.id })
    .from(organisations)
    .where(eq(organisations.id, id))
    .for('no key update')
  if (!locked) throw new AppError('not_found', 'organisation_not_found', 'There is no such organisation')
}

export async function insertBankAccount(
  tx: Transaction,
  values: typeof bankAccounts.$inferInsert,
): Promise<BankAccount> {
  const [created] = await tx.insert(bankAccounts).values(values).returning()
  return created!
}

export async function getBankAccount(db: Reader, organisationId: string, id: string): Promise<BankAccount> {
  const [account] = await db
    .select()
    .from(bankAccounts)
    .where(and(eq(bankAccounts.id, id), eq(bankAccounts.organisationId, organisationId)))
  if (!account) throw new AppError('not_found', 'bank_account_not_found', 'There is no such bank account')
  return account
}

export async function findVerifiedAccount(db: Reader, organisationId: string): Promise<BankAccount | undefined> {
  const [account] = await db
    .select()
    .from(bankAccounts)
    .where(and(eq(bankAccounts.organisationId, organisationId), eq(bankAccounts.state, 'verified')))
  return account
}

export async function listBankAccounts(db: Reader, organisationId: string): Promise<BankAccount[]> {
  return db
    .select()
    .from(bankAccounts)
    .where(eq(bankAccounts.organisationId, organisationId))
    .orderBy(desc(bankAccounts.submittedAt), desc(bankAccounts.validFrom))
}

/** From today on nothing is paid to any account of the organisation; days that are over keep theirs. The latest account first. */
export async function endVerification(tx: Transaction, organisationId: string, today: Day): Promise<BankAccount[]> {
  const isPast = sql`${bankAccounts.validFrom} < ${today}`
  const ended = await tx
    .update(bankAccounts)
    .set({
      state: sql`case when ${isPast} then 'superseded' else 'rejected' end::bank_account_state`,
      validFrom: sql`case when ${isPast} then ${bankAccounts.validFrom} end`,
      validUntil: sql`case when ${isPast} then ${addDays(today, -1)}::date end`,
    })
    .where(
      and(
        eq(bankAccounts.organisationId, organisationId),
        inArray(bankAccounts.state, ['verified', 'superseded']),
        or(isNull(bankAccounts.validUntil), gte(bankAccounts.validUntil, today)),
      ),
    )
    .returning()
  return ended.sort((a, b) => b.submittedAt.getTime() - a.submittedAt.getTime())
}

/** The loser of two concurrent moves updates nothing and gets a conflict. */
export async function moveBankAccount(
  tx: Transaction,
  account: BankAccount,
  event: BankAccountEvent,
  also: Partial<BankAccount>,
): Promise<BankAccount> {
  const [moved] = await tx
    .update(bankAccounts)
    .set({ ...also, state: bankAccountStateAfter(account.state, event) })
    .where(and(eq(bankAccounts.id, account.id), eq(bankAccounts.state, account.state)))
    .returning()
  if (!moved) throw new AppError('conflict', 'bank_account_changed', 'The bank account just changed')
  return moved
}
