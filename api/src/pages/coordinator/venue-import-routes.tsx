import { setTimeout as wait } from 'node:timers/promises'
import type { Context as HonoContext } from 'hono'
import { type AppEnv, requireRole } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter, idPattern } from '../../shared/http.ts'
import {
  addVenueFile,
  cancelVenueImport,
  decideDuplicates,
  resumeCheck,
  startVenueImport,
} from '../../venues/venue-file.ts'
import { getVenueFile, listVenueFiles } from '../../venues/venue-file-queries.ts'
import { csvResponse } from '../components/csv.ts'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { todoOf, VenueFilePage } from './venue-file-page.tsx'
import { importPath, VenueImportsPage } from './venue-import-page.tsx'

const one = `${importPath}/:id{${idPattern}}` as const
/** A small file is done before the answer; of a large one the page shows how far it is. */
const patienceMs = 1000
const reloadSeconds = '3'

async function readUpload(c: HonoContext<AppEnv>) {
  const { file } = await c.req.parseBody()
  if (!(file instanceof File) || file.size === 0) throw new AppError('invalid', 'file_missing', 'Choose a file')
  const bytes = new Uint8Array(await file.arrayBuffer())
  return addVenueFile(c.var.context, { name: file.name.slice(0, 100) || 'lieux.csv', bytes })
}

const partOf = (text: string | undefined) => (/^[1-9]\d{0,3}$/.test(text ?? '') ? Number(text) : 1)

/** Files of venues: checked, reviewed, imported or cancelled. */
export function createVenueImportRoutes({ mode, report }: PageParts) {
  /** Whichever is first: the work is done, or the patience is. */
  const soon = (done: Promise<void>) => Promise.race([done.catch(report), wait(patienceMs, undefined, { ref: false })])
  const showList = async (c: HonoContext<AppEnv>, form: FormState) => {
    requireRole(c.var.context.actor, 'coordinator')
    const files = await listVenueFiles(c.var.context.db)
    return draw(c, <VenueImportsPage {...propsOf(c, mode)} files={files} form={form} />, form === emptyForm ? 200 : 422)
  }
  return createRouter()
    .get(importPath, (c) => showList(c, emptyForm))
    .post(importPath, async (c) => {
      requireRole(c.var.context.actor, 'coordinator')
      try {
        const { id, done } = await readUpload(c)
        await soon(done)
        return c.redirect(`${importPath}/${id}`, 303)
      } catch (error) {
        return showList(c, refusedForm({}, error, { locale: propsOf(c, mode).locale, other: 'file' }))
      }
    })
    .get(one, async (c) => {
      requireRole(c.var.context.actor, 'coordinator')
      const file = await getVenueFile(c.var.context.db, c.req.param('id'))
      if (file.state === 'running' || file.state === 'checking') c.header('refresh', reloadSeconds)
      return draw(c, <VenueFilePage {...propsOf(c, mode)} file={file} part={partOf(c.req.query('partie'))} />)
    })
    .get(`${one}/erreurs.csv`, async (c) => {
      requireRole(c.var.context.actor, 'coordinator')
      const { report } = await getVenueFile(c.var.context.db, c.req.param('id'))
      const { t } = propsOf(c, mode)
      const cells = report.errors.map((error) => [error.row, error.column, error.value, todoOf(t, error)])
      return csvResponse(c, 'cases-a-corriger', ['row', 'column', 'value', 'todo'], cells)
    })
    .post(`${one}/doublons`, async (c) => {
      const id = c.req.param('id')
      const { partie, ...values } = valuesOf(await c.req.parseBody())
      const said = Object.entries(values).map(([name, value]) => [name.replace(/^row-/, ''), value])
      await decideDuplicates(c.var.context, id, Object.fromEntries(said))
      return c.redirect(`${importPath}/${id}?partie=${partOf(partie)}`, 303)
    })
    .post(`${one}/import`, async (c) => {
      const id = c.req.param('id')
      const { done } = await startVenueImport(c.var.context, id)
      await soon(done)
      return c.redirect(`${importPath}/${id}`, 303)
    })
    .post(`${one}/verification`, async (c) => {
      const id = c.req.param('id')
      const { done } = await resumeCheck(c.var.context, id)
      await soon(done)
      return c.redirect(`${importPath}/${id}`, 303)
    })
    .post(`${one}/annulation`, async (c) => {
      const id = c.req.param('id')
      await cancelVenueImport(c.var.context, id)
      return c.redirect(`${importPath}/${id}`, 303)
    })
}
