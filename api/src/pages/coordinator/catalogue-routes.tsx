import type { Context as HonoContext } from 'hono'
import { blockersOf } from '../../catalogue/catalogue-version.ts'
import { deleteDraft } from '../../catalogue/delete-draft.ts'
import { copyCatalogue, draftCatalogue } from '../../catalogue/draft-catalogue.ts'
import { previewImport } from '../../catalogue/import-catalogue.ts'
import { publishCatalogue } from '../../catalogue/publish-catalogue.ts'
import { putService } from '../../catalogue/put-service.ts'
import { findPublishedVersion, listServices } from '../../catalogue/queries.ts'
import { type Catalogue, readCatalogue, readVersionCatalogue, readVersions } from '../../catalogue/read-catalogue.ts'
import { writeCatalogueCsv, writeCatalogueJson, writeCatalogueXlsx } from '../../catalogue/write-catalogue.ts'
import { type AppEnv, type Context, requireRole } from '../../shared/context.ts'
import { isDay } from '../../shared/days.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter, idPattern } from '../../shared/http.ts'
import { errorSentence } from '../../shared/messages.ts'
import { workbookType } from '../../shared/workbook.ts'
import { licence } from '../../statistics/read-releases.ts'
import { csvResponse } from '../components/csv.ts'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import { readListQuery } from '../components/list-query.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { DifferencePage } from './catalogue-difference-page.tsx'
import { ImportPage, importPath } from './catalogue-import-page.tsx'
import { foundServices, ReferenceCatalogue } from './catalogue-page.tsx'
import { ServicePage } from './catalogue-service-page.tsx'
import { VersionPage } from './catalogue-version-page.tsx'
import { changesOf } from './catalogue-view.ts'
import { catalogueHome, versionHref } from './catalogue-words.ts'
import { formOfService, serviceOfForm } from './service-form.ts'

const versionPath = `${catalogueHome}/versions/:id{${idPattern}}` as `${string}/:id`
const servicePath = `${versionPath}/services/:code{[A-Z][0-9][0-9]}` as `${string}/:id/services/:code`

async function readVersionFacts(ctx: Context, id: string) {
  const catalogue = await readVersionCatalogue(ctx, id)
  const previous = await findPublishedVersion(ctx.db)
  const before = previous ? await listServices(ctx.db, previous.id) : []
  const isDraft = catalogue.version.state === 'draft'
  return {
    catalogue,
    previous,
    changes: isDraft ? changesOf(before, catalogue.services) : [],
    blockers: isDraft ? blockersOf(catalogue.services, before) : [],
  }
}

const isCoordinator = ({ actor }: Context) => actor.kind === 'person' && actor.role === 'coordinator'

/** The catalogue: its versions, its editor, its files. */
export const createCatalogueRoutes = (parts: PageParts) =>
  createRouter()
    .route('/', createListRoutes(parts))
    .route('/', createVersionRoutes(parts))
    .route('/', createServiceRoutes(parts))
    .route('/', createImportRoutes(parts))

const createListRoutes = ({ mode }: PageParts) =>
  createRouter()
    .get(catalogueHome, async (c) => {
      const catalogue = await readCatalogue(c.var.context)
      const query = readListQuery(c.req.query(), ['theme', 'niveau'])
      const versions = await readVersions(c.var.context)
      return draw(
        c,
        <ReferenceCatalogue
          {...propsOf(c, mode)}
          {...{ catalogue, versions, query }}
          isDeleted={c.req.query('fait') === 'suppression'}
        />,
      )
    })
    .get(`${catalogueHome}.csv`, async (c) => {
      const catalogue = await readCatalogue(c.var.context)
      const { q } = readListQuery(c.req.query())
      const heads = ['code', 'theme', 'title', 'description', 'level', 'minutes', 'national', 'retiredOn', 'replacedBy']
      const rows = foundServices(catalogue, q).map((service) => [
        ...[service.code, service.themeCode, service.title, service.description, service.level],
        ...[service.durationMinutes, service.nationalService, service.retiredOn, service.replacedBy],
      ])
      return csvResponse(c, 'referentiel', heads, rows)
    })
    .post(`${catalogueHome}/brouillon`, async (c) => {
      const { copyOf = '' } = valuesOf(await c.req.parseBody())
      if (!new RegExp(`^${idPattern}$`).test(copyOf))
        throw new AppError('not_found', 'catalogue_version_not_found', 'There is no such version')
      const { id } = await copyCatalogue(c.var.context, copyOf)
      return c.redirect(`${versionHref(id)}?fait=brouillon`, 303)
    })

const createVersionRoutes = ({ mode }: PageParts) => {
  const show = async (c: HonoContext<AppEnv>, id: string, form: FormState) => {
    const ctx = c.var.context
    const facts = { ...(await readVersionFacts(ctx, id)), mayEdit: isCoordinator(ctx), done: c.req.query('fait') ?? '' }
    const query = readListQuery(c.req.query(), ['theme'])
    const status = form === emptyForm ? 200 : 422
    return draw(c, <VersionPage {...propsOf(c, mode)} {...facts} {...{ form, query }} />, status)
  }
  const content = async (c: HonoContext<AppEnv>, id: string) => {
    const { version, themes, services } = await readVersionCatalogue(c.var.context, id)
    return { name: `referentiel-de-services-v${version.number}`, themes, services }
  }
  return createRouter()
    .get(versionPath, (c) => show(c, c.req.param('id'), emptyForm))
    .get(`${versionPath}/services.csv`, async (c) => {
      const { name, ...catalogue } = await content(c, c.req.param('id'))
      return c.body(writeCatalogueCsv(catalogue), 200, file(name, 'csv', 'text/csv; charset=utf-8'))
    })
    .get(`${versionPath}/services.json`, async (c) => {
      const { name, ...catalogue } = await content(c, c.req.param('id'))
      return c.body(writeCatalogueJson(catalogue, licence), 200, file(name, 'json', 'application/json'))
    })
    .get(`${versionPath}/services.xlsx`, async (c) => {
      const { name, ...catalogue } = await content(c, c.req.param('id'))
      return c.body(writeCatalogueXlsx(catalogue), 200, file(name, 'xlsx', workbookType))
    })
    .get(`${versionPath}/differences`, async (c) => {
      const ctx = c.var.context
      const versions = await readVersions(ctx)
      const after = (await readVersionCatalogue(ctx, c.req.param('id'))).version
      const before = versions.find(({ id }) => id === c.req.query('avec'))
      if (!before) throw new AppError('not_found', 'catalogue_version_not_found', 'There is no such version')
      const changes = changesOf(await listServices(ctx.db, before.id), await listServices(ctx.db, after.id))
      return draw(c, <DifferencePage {...propsOf(c, mode)} {...{ before, after, versions, changes }} />)
    })
    .post(`${versionPath}/suppression`, async (c) => {
      await deleteDraft(c.var.context, c.req.param('id'))
      return c.redirect(`${catalogueHome}?fait=suppression#versions`, 303)
    })
    .post(`${versionPath}/publication`, async (c) => {
      requireRole(c.var.context.actor, 'coordinator')
      const id = c.req.param('id')
      const values = valuesOf(await c.req.parseBody())
      const from = values.from ?? ''
      const { t, locale } = propsOf(c, mode)
      if (!isDay(from)) return show(c, id, { values, errors: { from: t('import.cell.day') } })
      try {
        await publishCatalogue(c.var.context, id, from)
      } catch (error) {
        return show(c, id, refusedForm(values, error, { locale, other: 'from' }))
      }
      return c.redirect(`${versionHref(id)}?fait=publication`, 303)
    })
}

const file = (name: string, ending: string, type: string) => ({
  'content-type': type,
  'content-disposition': `attachment; filename="${name}.${ending}"`,
  link: `<${licence.url}>; rel="license"`,
})

const createServiceRoutes = ({ mode }: PageParts) => {
  type Asked = { catalogue: Catalogue; code: string | null; form: FormState }
  const show = (c: HonoContext<AppEnv>, { catalogue, code, form }: Asked) => {
    const status = Object.keys(form.errors).length > 0 ? 422 : 200
    return draw(c, <ServicePage {...propsOf(c, mode)} {...catalogue} {...{ code, form }} />, status)
  }
  const load = async (c: HonoContext<AppEnv>, id: string, code: string | null) => {
    requireRole(c.var.context.actor, 'coordinator')
    const catalogue = await readVersionCatalogue(c.var.context, id)
    const { state } = catalogue.version
    if (state !== 'draft') throw new AppError('conflict', `catalogue_version_is_${state}`, 'Only a draft changes')
    const service = catalogue.services.find((known) => known.code === code)
    if (code !== null && !service) throw new AppError('not_found', 'service_unknown', `There is no service ${code}`)
    return { catalogue, service }
  }
  const save = async (c: HonoContext<AppEnv>, id: string, code: string | null) => {
    const { catalogue } = await load(c, id, code)
    const values = valuesOf(await c.req.parseBody())
    const { row, errors, service, themeTitle } = serviceOfForm(
      { ...values, ...(code === null ? {} : { code }) },
      catalogue,
      {
        isNew: code === null,
        locale: propsOf(c, mode).locale,
      },
    )
    if (Object.keys(errors).length > 0) return show(c, { catalogue, code, form: { values: row, errors } })
    try {
      await putService(c.var.context, id, service, themeTitle)
    } catch (error) {
      return show(c, {
        catalogue,
        code,
        form: refusedForm(row, error, { locale: propsOf(c, mode).locale, other: 'title' }),
      })
    }
    return c.redirect(`${versionHref(id)}?fait=${service.code}`, 303)
  }
  return createRouter()
    .get(`${versionPath}/services/nouveau`, async (c) => {
      const { catalogue } = await load(c, c.req.param('id'), null)
      return show(c, { catalogue, code: null, form: { values: { durationMinutes: '60' }, errors: {} } })
    })
    .post(`${versionPath}/services/nouveau`, (c) => save(c, c.req.param('id'), null))
    .get(servicePath, async (c) => {
      const { catalogue, service } = await load(c, c.req.param('id'), c.req.param('code'))
      return show(c, { catalogue, code: c.req.param('code'), form: { values: formOfService(service!), errors: {} } })
    })
    .post(servicePath, (c) => save(c, c.req.param('id'), c.req.param('code')))
}

const createImportRoutes = ({ mode }: PageParts) => {
  const refuse = (c: HonoContext<AppEnv>, refused: string) =>
    draw(c, <ImportPage {...propsOf(c, mode)} refused={refused} />, 422)
  return createRouter()
    .get(importPath, (c) => {
      requireRole(c.var.context.actor, 'coordinator')
      return draw(c, <ImportPage {...propsOf(c, mode)} />)
    })
    .post(importPath, async (c) => {
      const page = propsOf(c, mode)
      const { file: given } = await c.req.parseBody()
      if (!(given instanceof File) || given.size === 0) return refuse(c, page.t('import.none'))
      try {
        const preview = await previewImport(c.var.context, new Uint8Array(await given.arrayBuffer()))
        return draw(c, <ImportPage {...page} preview={preview} />, preview.draft ? 200 : 422)
      } catch (error) {
        if (!(error instanceof AppError) || error.kind !== 'invalid') throw error
        return refuse(c, errorSentence(error.code, page.locale))
      }
    })
    .post(`${importPath}/confirmation`, async (c) => {
      const { content } = await c.req.parseBody()
      const csv = Buffer.from(typeof content === 'string' ? content : '', 'base64').toString()
      const { id } = await draftCatalogue(c.var.context, csv)
      return c.redirect(`${versionHref(id)}?fait=brouillon`, 303)
    })
}
