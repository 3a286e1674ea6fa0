import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { communeFinder } from './commune.ts'
import { type FactError, factKinds, readFactFile } from './fact-file.ts'
import { listEpciCodes, replaceFacts } from './fact-queries.ts'
import { listCommunes } from './queries.ts'

/**
 * Imports official figures of territories, in place of those of the same kind and level. Wrong rows are left out and told; a file
 * without one right row changes nothing. Throws `forbidden`, `invalid` (`fact_kind_unknown`, `fact_file_unreadable`, `fact_file_empty`).
 */
export async function importFacts(
  ctx: Context,
  kindName: string,
  bytes: Uint8Array,
): Promise<{ imported: number; errors: FactError[] }> {
  requireOperatorOr(ctx.actor, 'coordinator')
  const kind = factKinds.find((known) => known === kindName)
  if (!kind) throw new AppError('invalid', 'fact_kind_unknown', `Say one of ${factKinds.join(', ')}`)
  return ctx.transaction(async (tx) => {
    const find = communeFinder(await listCommunes(tx))
    const epcis = await listEpciCodes(tx)
    const findCommune = (code: string) => (code === '' ? undefined : find({ code, postalCode: '', name: '' }))
    const { facts, errors } = readFactFile(kind, bytes, findCommune, (code) => epcis.has(code))
    if (facts.length === 0)
      throw new AppError(
        'invalid',
        'fact_file_empty',
        `No row of the file can be taken${errors[0] ? `: row ${errors[0].row}, ${errors[0].says}` : ''}`,
      )
    await replaceFacts(tx, kind, facts, ctx.today())
    await recordAudit(tx, ctx, 'territory_facts_imported', { kind, imported: facts.length, refused: errors.length })
    return { imported: facts.length, errors }
  })
}
