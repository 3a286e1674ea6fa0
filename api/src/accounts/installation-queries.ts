import { type Database, installation, type Transaction } from '@carnet/db'

type Reader = Database | Transaction

/** A database stays demo or production for good. */
export async function isDemo(db: Reader): Promise<boolean> {
  const [row] = await db.select({ mode: installation.mode }).from(installation)
  return row?.mode === 'demo'
}

/** Undefined before the first start. */
export async function findKeyringId(db: Reader): Promise<string | undefined> {
  const [row] = await db.select({ keyringId: installation.keyringId }).from(installation)
  return row?.keyringId
}
