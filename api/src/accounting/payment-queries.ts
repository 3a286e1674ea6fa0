import type { Database, Transaction } from '@carnet/db'
import { sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'

type Reader = Database | Transaction
/** The account that a funder pays to. */
export type Payee = { holderName: string; iban: string; bic: string }
/** How a call is paid: to whom, under which reference, by when. */
export type Payment = Payee & { reference: string; dueOn: Day }

/** Of one call. The operator's accounts are no funder's to read: asked as the jobs' role. Throws `not_found`. */
export async function getPayment(db: Reader, callId: string): Promise<Payment> {
  const [payment] = await db.execute<Payment>(sql`
    select p.holder_name as "holderName", p.iban, p.bic, l.reference, l.due_on::text as "dueOn"
      from funding_calls l join campaigns c on c.id = l.campaign_id join paying_accounts p on p.id = c.paying_account_id
     where l.id = ${callId}`)
  if (!payment) throw new AppError('not_found', 'funding_call_not_found', 'There is no such call')
  return payment
}

/** Of all calls to a funder; most have one. */
export async function listPayees(db: Reader, funderId: string): Promise<Payee[]> {
  const rows = await db.execute<Payee>(sql`
    select distinct p.holder_name as "holderName", p.iban, p.bic
      from funding_calls l join campaigns c on c.id = l.campaign_id join paying_accounts p on p.id = c.paying_account_id
     where l.funder_id = ${funderId} order by 1, 2`)
  return [...rows]
}
