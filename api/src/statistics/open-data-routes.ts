import type { Context as HonoContext } from 'hono'
import type { AppEnv, Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { createRouter, readLocale } from '../shared/http.ts'
import { type MessageKey, type Translate, translate } from '../shared/messages.ts'
import { catalogOf, keywordsOf } from './data-catalog.ts'
import { type Dataset, datasets, findDataset } from './dataset.ts'
import { datasetSchema, type ExportFormat, exportOf, exportTypes } from './dataset-file.ts'
import {
  countRecords,
  type DatasetExtent,
  listRecords,
  listReleasedDepartments,
  readExtent,
} from './dataset-queries.ts'
import { readExploreQuery } from './explore-query.ts'
import { licence } from './read-releases.ts'

const base = '/api/explore/v2.1/catalog'
const formats = Object.keys(exportTypes).join('|')

function datasetIn(c: HonoContext<AppEnv>): Dataset {
  const dataset = findDataset(c.req.param('id') ?? '')
  if (!dataset) throw new AppError('not_found', 'table_not_found', 'There is no such dataset')
  return dataset
}

function queryOf(c: HonoContext<AppEnv>, dataset: Dataset) {
  const { select, where, group_by, order_by, limit, offset } = c.req.query()
  const given = Object.entries({ select, where, group_by, order_by, limit, offset }).filter(
    ([, text]) => text !== undefined,
  )
  return readExploreQuery(dataset, { ...Object.fromEntries(given), refine: c.req.queries('refine') ?? [] })
}

const extentOf = ({ db, today }: Context, dataset: Dataset) => readExtent(db, { dataset, today: today() })

/** As the Explore API describes a dataset. */
const described = (dataset: Dataset, { records, modified }: DatasetExtent, t: Translate) => ({
  ...{ dataset_id: dataset.id, dataset_uid: dataset.id, has_records: records > 0, features: [], attachments: [] },
  fields: Object.entries(dataset.fields).map(([name, type]) => ({
    ...{ name, type, label: name, description: t(`data.field.${name}` as MessageKey), annotations: {} },
  })),
  metas: {
    default: {
      title: t(`data.table.${dataset.slug}`),
      description: t(`data.table.${dataset.slug}.says`),
      ...{ license: licence.name, license_url: licence.url, language: 'fr', modified, records_count: records },
      ...{ publisher: t('data.publisher'), keyword: keywordsOf(dataset, t) },
    },
  },
})

/** The open data for programs: the read side of the Explore API 2.1, and a catalogue for harvesters. For everybody. */
export const createOpenDataRoutes = (publicUrl: string) =>
  createRouter()
    .get(`${base}/datasets`, async (c) => {
      const t = translate(readLocale(c))
      const results = []
      for (const dataset of datasets) results.push(described(dataset, await extentOf(c.var.context, dataset), t))
      return c.json({ total_count: results.length, results })
    })
    .get(`${base}/datasets/:id`, async (c) => {
      const dataset = datasetIn(c)
      return c.json(described(dataset, await extentOf(c.var.context, dataset), translate(readLocale(c))))
    })
    .get(`${base}/datasets/:id/records`, async (c) => {
      const [dataset, { db, today }] = [datasetIn(c), c.var.context]
      const source = { dataset, today: today() }
      const query = queryOf(c, dataset)
      const total = await countRecords(db, source, query.conditions)
      return c.json({ total_count: total, results: await listRecords(db, source, query) })
    })
    .get(`${base}/datasets/:id/exports/:format{${formats}}`, async (c) => {
      const dataset = datasetIn(c)
      const format = c.req.param('format') as ExportFormat
      const { fields, conditions, order } = queryOf(c, dataset)
      const delimiter = c.req.query('delimiter') ?? ';'
      if (!/^[;,|\t]$/.test(delimiter)) throw new AppError('invalid', 'invalid_request', 'delimiter: ; , | or a tab')
      const { db, today } = c.var.context
      const whole = { fields, conditions, order, limit: null, offset: 0 }
      const records = await listRecords(db, { dataset, today: today() }, whole)
      return c.body(exportOf({ dataset, fields, records }, format, delimiter), 200, {
        'content-type': exportTypes[format],
        'content-disposition': `attachment; filename="${dataset.id}.${format}"`,
      })
    })
    .get('/donnees/jeux/:id/schema.json', (c) => c.json(datasetSchema(datasetIn(c), translate(readLocale(c)))))
    .get('/catalog.jsonld', async (c) => {
      const { db } = c.var.context
      const known = []
      for (const dataset of datasets) known.push({ dataset, extent: await extentOf(c.var.context, dataset) })
      const departments = await listReleasedDepartments(db)
      const catalog = catalogOf({ publicUrl, t: translate('fr'), departments, datasets: known })
      return c.body(JSON.stringify(catalog), 200, { 'content-type': 'application/ld+json' })
    })
