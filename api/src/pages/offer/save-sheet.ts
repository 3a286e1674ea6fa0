import type { Context as HonoContext } from 'hono'
import type { AppEnv } from '../../shared/context.ts'
import type { Translate } from '../../shared/messages.ts'
import { getStandardRow } from '../../venues/queries.ts'
import { changeVenue } from '../../venues/write-venue.ts'
import type { FormState } from '../components/form.tsx'
import { readSheet, wrongSheet } from './venue-sheet.ts'

/** Writes what the form of a venue's sheet says; gives the form back when something of it is wrong. Throws as `changeVenue`. */
export async function saveSheet(
  c: HonoContext<AppEnv>,
  id: string,
  values: Record<string, string>,
  t: Translate,
): Promise<FormState | undefined> {
  const read = readSheet(values, await getStandardRow(c.var.context.db, id))
  if ('hoursAreWrong' in read) return { values, errors: { hours: t('apply.wrong.hours') } }
  try {
    await changeVenue(c.var.context, id, { standardRow: read.change })
  } catch (error) {
    return wrongSheet(values, error, t('sheet.wrong'))
  }
  return undefined
}
