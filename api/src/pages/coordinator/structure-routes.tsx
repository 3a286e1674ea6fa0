import { funderKind } from '@carnet/db'
import { z } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import { listPhoneRows } from '../../devices/phone-list-queries.ts'
import { phoneStateOf } from '../../devices/phone-state.ts'
import { findProgress, getDevice } from '../../devices/queries.ts'
import { revokeDevice } from '../../devices/revoke-device.ts'
import { welcomeFunder } from '../../funders/welcome-funder.ts'
import { welcomePrescriber } from '../../prescribers/welcome-prescriber.ts'
import { type AppEnv, requireRole } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter, idOf } from '../../shared/http.ts'
import { localeOf } from '../../shared/messages.ts'
import { listStructures } from '../../statistics/structure-queries.ts'
import { csvResponse } from '../components/csv.ts'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import { readListQuery } from '../components/list-query.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { CutPhonePage } from '../phones/enrolment-page.tsx'
import { NewStructurePage } from './new-structure-page.tsx'
import { createOrganisationPageRoutes } from './organisation-page-routes.tsx'
import { AllPhonesPage } from './phones-page.tsx'
import { arrangeStructures, StructuresPage, structureColumns } from './structures-page.tsx'

const funderKindOf = (text: string | undefined) => funderKind.enumValues.find((known) => known === text) ?? 'other'

/** Makes what the form says, or throws what is wrong with it. */
async function welcome(c: HonoContext<AppEnv>, values: Record<string, string>): Promise<void> {
  const { kind, legalName = '', siret = '', name = '', email = '', language } = values
  if (legalName.length < 2)
    throw new AppError('invalid', 'structure_name_missing', 'legalName: a name', { field: 'legalName' })
  if (name.length < 2) throw new AppError('invalid', 'name_missing', 'name: a name', { field: 'name' })
  const first = { name: name.slice(0, 120), email, language: localeOf({ lang: language }) }
  if (kind === 'prescriber')
    return void (await welcomePrescriber(c.var.context, { name: legalName.slice(0, 200) }, first))
  const wanted = { name: legalName.slice(0, 200), kind: funderKindOf(values.funderKind), siret: siret || null }
  await welcomeFunder(c.var.context, wanted, first)
}

const fieldOf: Record<string, string> = {
  siret_invalid: 'siret',
  funder_known: 'legalName',
  prescriber_known: 'legalName',
}

/** Organisations, funders and prescribers, their people and their phones. */
export function createStructureRoutes(parts: PageParts) {
  const { mode, forgetDevice } = parts
  const showNew = (c: HonoContext<AppEnv>, form: FormState) => {
    requireRole(c.var.context.actor, 'coordinator')
    const page = { ...propsOf(c, mode), form, funderKinds: funderKind.enumValues }
    return draw(c, <NewStructurePage {...page} />, form === emptyForm ? 200 : 422)
  }
  return createRouter()
    .get('/coordination/structures', async (c) => {
      const { db, today } = c.var.context
      const query = readListQuery(c.req.query(), ['genre', 'acces'])
      const props = { ...propsOf(c, mode), rows: await listStructures(db, today()), query }
      return draw(c, <StructuresPage {...props} added={c.req.query('fait') === 'ajout'} />)
    })
    .get('/coordination/structures.csv', async (c) => {
      const { db, today } = c.var.context
      const query = readListQuery(c.req.query(), ['genre', 'acces'])
      const columns = structureColumns(propsOf(c, mode))
      const { all: rows } = arrangeStructures(await listStructures(db, today()), query, columns)
      const heads = ['id', 'kind', 'name', 'people', 'invited', 'phones', 'pending', 'since']
      const cells = rows.map((row) => [
        ...[row.id, row.kind, row.name, row.people, row.invited, row.phones, row.pending, row.since],
      ])
      return csvResponse(c, 'structures', heads, cells)
    })
    .get('/coordination/structures/nouvelle', (c) => showNew(c, emptyForm))
    .post('/coordination/structures/nouvelle', async (c) => {
      const values = valuesOf(await c.req.parseBody({ all: true }))
      try {
        await welcome(c, values)
      } catch (error) {
        const other = (error instanceof AppError && fieldOf[error.code]) || 'email'
        return showNew(c, refusedForm(values, error, { locale: propsOf(c, mode).locale, other }))
      }
      return c.redirect('/coordination/structures?fait=ajout', 303)
    })
    .route('/', createOrganisationPageRoutes(parts))
    .get('/coordination/telephones', async (c) => {
      const { db, today } = c.var.context
      const query = readListQuery(c.req.query(), ['etat', 'structure'])
      const owner = query.filters.structure ?? ''
      const rows = await listPhoneRows(db, z.uuid().safeParse(owner).success ? owner : null)
      return draw(c, <AllPhonesPage {...propsOf(c, mode)} rows={rows} query={query} today={today()} />)
    })
    .get('/coordination/telephones.csv', async (c) => {
      const { db, today } = c.var.context
      const owner = c.req.query('structure') ?? ''
      const rows = await listPhoneRows(db, z.uuid().safeParse(owner).success ? owner : null)
      const heads = ['id', 'label', 'owner', 'venue', 'state', 'lastSeenOn', 'expiresOn', 'pending']
      const cells = rows.map((row) => [
        ...[row.id, row.label, row.owner, row.venue, phoneStateOf(row, today())],
        ...[row.lastSeenOn, row.expiresOn, row.pending],
      ])
      return csvResponse(c, 'telephones', heads, cells)
    })
    .get('/coordination/telephones/:id/retrait', async (c) => {
      const { db, actor } = c.var.context
      requireRole(actor, 'coordinator')
      const device = await getDevice(db, idOf(c.req.param('id'), 'device'))
      const pending = (await findProgress(db, device.id))?.pending ?? 0
      const shown = { id: device.id, label: device.label, pending }
      return draw(c, <CutPhonePage {...propsOf(c, mode)} device={shown} back="/coordination/telephones" />)
    })
    .post('/coordination/telephones/:id/retrait', async (c) => {
      const id = idOf(c.req.param('id'), 'device')
      await revokeDevice(c.var.context, id)
      forgetDevice(id)
      return c.redirect('/coordination/telephones', 303)
    })
}
