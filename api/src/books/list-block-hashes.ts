import type { Context } from '../shared/context.ts'
import { listSealedBlockHashes } from './stop-queries.ts'

/** What phones refuse offline: 8 bytes of each voucher of a blocked book. Sorted, so that their order says nothing of the books. */
export async function listBlockHashes(ctx: Pick<Context, 'db' | 'keyring'>): Promise<string[]> {
  const sealed = await listSealedBlockHashes(ctx.db)
  return sealed.map((blockHash) => ctx.keyring.openBlockHash(blockHash).toString('base64url')).sort()
}
