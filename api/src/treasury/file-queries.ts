import { bankBalances, bankFiles, bankLines, type Database, payingAccounts, type Transaction } from '@carnet/db'
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import type { Cents } from '../shared/money.ts'

type Reader = Database | Transaction
export type BankFile = Omit<typeof bankFiles.$inferSelect, 'content' | 'sha256'> & { sha256: string }
export type BankLine = typeof bankLines.$inferSelect

const fileColumns = {
  id: bankFiles.id,
  number: bankFiles.number,
  kind: bankFiles.kind,
  version: bankFiles.version,
  messageId: bankFiles.messageId,
  name: bankFiles.name,
  sha256: sql<string>`encode(${bankFiles.sha256}, 'hex')`,
  importedBy: bankFiles.importedBy,
  importedOn: bankFiles.importedOn,
}

export async function findFileBySha256(db: Reader, sha256: Uint8Array): Promise<BankFile | undefined> {
  const [file] = await db.select(fileColumns).from(bankFiles).where(eq(bankFiles.sha256, sha256))
  return file
}

export async function getBankFile(db: Reader, id: string): Promise<BankFile> {
  const [file] = await db.select(fileColumns).from(bankFiles).where(eq(bankFiles.id, id))
  if (!file) throw new AppError('not_found', 'bank_file_not_found', 'There is no such file')
  return file
}

export type FileInList = BankFile & { lines: number; open: number }

/** Newest first. */
export const listBankFiles = (db: Reader, limit: number): Promise<FileInList[]> =>
  db
    .select({
      ...fileColumns,
      lines: sql<number>`count(${bankLines.position})::int`,
      open: sql<number>`count(*) filter (where ${bankLines.outcome} = 'open' and ${bankLines.settledOn} is null)::int`,
    })
    .from(bankFiles)
    .leftJoin(bankLines, eq(bankLines.fileId, bankFiles.id))
    .groupBy(bankFiles.id)
    .orderBy(desc(bankFiles.number))
    .limit(limit)

/** The caller holds the lock of bank files: their numbers have no gap. */
export async function insertBankFile(
  tx: Transaction,
  values: Omit<typeof bankFiles.$inferInsert, 'number'>,
): Promise<void> {
  await tx
    .insert(bankFiles)
    .values({ ...values, number: sql`(select coalesce(max(f.number), 0) + 1 from bank_files f)` })
}

const rowsAtOnce = 2_000

export async function insertBankLines(tx: Transaction, lines: (typeof bankLines.$inferInsert)[]): Promise<void> {
  for (let at = 0; at < lines.length; at += rowsAtOnce)
    await tx.insert(bankLines).values(lines.slice(at, at + rowsAtOnce))
}

export const listBankLines = (db: Reader, fileId: string): Promise<BankLine[]> =>
  db.select().from(bankLines).where(eq(bankLines.fileId, fileId)).orderBy(asc(bankLines.position))

/** Lines that wait for a person, whatever their age. */
export const listOpenLines = (db: Reader): Promise<BankLine[]> =>
  db
    .select()
    .from(bankLines)
    .where(and(eq(bankLines.outcome, 'open'), isNull(bankLines.settledOn)))
    .orderBy(asc(bankLines.happenedOn), asc(bankLines.fileId), asc(bankLines.position))

/** The loser of two concurrent answers gets a conflict. */
export async function settleLine(
  tx: Transaction,
  { fileId, position }: { fileId: string; position: number },
  settled: Pick<BankLine, 'settledBy' | 'settledOn' | 'settlement'>,
): Promise<BankLine> {
  const [line] = await tx
    .update(bankLines)
    .set(settled)
    .where(
      and(
        eq(bankLines.fileId, fileId),
        eq(bankLines.position, position),
        eq(bankLines.outcome, 'open'),
        isNull(bankLines.settledOn),
      ),
    )
    .returning()
  if (!line) throw new AppError('conflict', 'line_is_settled', 'There is no such open line')
  return line
}

export async function insertBalances(tx: Transaction, rows: (typeof bankBalances.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(bankBalances).values(rows)
}

export async function sumBankOf(db: Reader, payingAccountId: string): Promise<Cents> {
  const [row] = await db.execute<{ cents: string }>(
    sql`select coalesce(sum(balance_cents), 0) as cents from ledger_accounts where kind = 'bank' and paying_account_id = ${payingAccountId}`,
  )
  return Number(row!.cents) as Cents
}

export type Reconciliation = {
  payingAccountId: string
  name: string
  bankCents: Cents
  /** The bank's last closing balance; null when no statement was imported. */
  last: { endsOn: string; balanceCents: Cents; differenceCents: Cents } | null
}

/** Each paying account beside the bank's last statement of it, or its last one until a day. */
export async function listReconciliations(db: Reader, until: Day | null = null): Promise<Reconciliation[]> {
  const rows = await db.execute<{
    id: string
    name: string
    bank: string
    day: string | null
    balance: string
    difference: string
  }>(sql`
    select p.id, p.name, coalesce((select sum(a.balance_cents) from ledger_accounts a where a.kind = 'bank' and a.paying_account_id = p.id), 0) as bank,
           l.ends_on as day, l.balance_cents as balance, l.balance_cents - l.ledger_cents - l.on_the_way_cents as difference
      from ${payingAccounts} p
      left join lateral (select * from ${bankBalances} b join ${bankFiles} f on f.id = b.file_id
                          where b.paying_account_id = p.id and (${until}::date is null or b.ends_on <= ${until}) order by b.ends_on desc, f.number desc limit 1) l on true
     order by p.name`)
  return [...rows].map(({ id, name, bank, day, balance, difference }) => ({
    ...{ payingAccountId: id, name, bankCents: Number(bank) as Cents },
    last:
      day === null
        ? null
        : { endsOn: day, balanceCents: Number(balance) as Cents, differenceCents: Number(difference) as Cents },
  }))
}

/** What a settled line explains is in the ledger, so the statement it came with fits by as much. */
export async function explainBalance(
  tx: Transaction,
  line: Pick<BankLine, 'fileId' | 'payingAccountId'>,
  byCents: number,
): Promise<void> {
  if (line.payingAccountId === null || byCents === 0) return
  await tx
    .update(bankBalances)
    .set({ ledgerCents: sql`${bankBalances.ledgerCents} + ${byCents}` })
    .where(and(eq(bankBalances.fileId, line.fileId), eq(bankBalances.payingAccountId, line.payingAccountId)))
}
