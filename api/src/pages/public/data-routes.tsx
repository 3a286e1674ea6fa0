import { nextReleaseOn } from '../../calendar/calendar.ts'
import { replacementsOn } from '../../catalogue/catalogue-version.ts'
import { readCatalogue } from '../../catalogue/read-catalogue.ts'
import type { Context } from '../../shared/context.ts'
import { isDay } from '../../shared/days.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter, readLocale } from '../../shared/http.ts'
import type { Locale } from '../../shared/messages.ts'
import { type CountsDataset, findDataset, type SheetsDataset, sheetsDatasets } from '../../statistics/dataset.ts'
import { countRecords, listRecords, readExtent } from '../../statistics/dataset-queries.ts'
import type { Condition } from '../../statistics/explore-query.ts'
import { mergeReplaced } from '../../statistics/merge-replaced.ts'
import { describeReleases, readReleases, readTable } from '../../statistics/read-releases.ts'
import { type TableFacts, tables } from '../../statistics/release.ts'
import { tableCsv, tableJson, tableSchema, themesCsv } from '../../statistics/release-file.ts'
import { findReleaseOfMonth, listReleases } from '../../statistics/release-queries.ts'
import { listSeries, listSpans } from '../../statistics/series-queries.ts'
import { openShareLink } from '../../statistics/share-links.ts'
import { readListQuery } from '../components/list-query.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { DataPage } from './data-page.tsx'
import { DataTablePage } from './data-table-page.tsx'
import { DatasetPage } from './dataset-page.tsx'
import { RegisterPage, rowsOnPage } from './register-page.tsx'
import { seriesOnPage } from './series-table.tsx'
import { SharedPage } from './shared-page.tsx'

const slugs = tables.map(({ slug }) => slug).join('|')
const path = `/donnees/:month{\\d{4}-\\d{2}}/:table`
const monthsShown = 120

const factsOf = (slug: string): TableFacts => tables.find((table) => table.slug === slug)!

async function readOne({ db }: Context, monthText: string, slug: string, locale: Locale) {
  const month = `${monthText}-01`
  const found = isDay(month) ? await findReleaseOfMonth(db, month) : undefined
  if (!found) throw new AppError('not_found', 'release_not_found', 'Nothing was published of this month')
  const facts = factsOf(slug)
  const read = await readTable(db, { releaseId: found.id, table: facts.name, locale })
  return { facts, read, release: (await describeReleases(db, [found]))[0]! }
}

/** As they were released, or by the services of today: months before and after a retirement then compare. */
async function rowsAsked(ctx: Context, { facts, read }: Awaited<ReturnType<typeof readOne>>, services?: string) {
  if (facts.name !== 'R1_department_service_month' || services !== 'actuels') return read.rows
  const catalogue = await readCatalogue(ctx)
  const titles = new Map(catalogue.services.map(({ code, title }) => [code, title]))
  return mergeReplaced(read.rows, replacementsOn(catalogue.services, ctx.today()), titles)
}

const spansShown = 12

type Asked = { q: string; pageNumber: number }
const askedOf = (query: Record<string, string>): Asked => ({
  q: (query.q ?? '').trim().slice(0, 100),
  pageNumber: /^[1-9]\d{0,3}$/.test(query.page ?? '') ? Number(query.page) : 1,
})

async function readSeries({ db, today }: Context, dataset: CountsDataset, { q, pageNumber }: Asked) {
  const spans = await listSpans(db, dataset, spansShown)
  const extent = await readExtent(db, { dataset, today: today() })
  const [newest] = await listReleases(db, { limit: 1 })
  const offset = (pageNumber - 1) * seriesOnPage
  const { items, ...counts } = await listSeries(db, dataset, { spans, q, limit: seriesOnPage, offset })
  return { dataset, extent, spans, series: items, ...counts, q, pageNumber, threshold: newest?.threshold ?? 11 }
}

async function readRegister({ db, today }: Context, dataset: SheetsDataset, { q, pageNumber }: Asked) {
  const source = { dataset, today: today() }
  const conditions: Condition[] = q ? [{ field: dataset.searched, operator: 'like', value: q }] : []
  const fields = [...dataset.shown]
  const offset = (pageNumber - 1) * rowsOnPage
  return {
    ...{ dataset, q, pageNumber },
    extent: await readExtent(db, source),
    total: await countRecords(db, source, conditions),
    records: await listRecords(db, source, { fields, conditions, order: [], limit: rowsOnPage, offset }),
  }
}

async function readRegisters({ db, today }: Context) {
  const registers = []
  for (const dataset of sheetsDatasets)
    registers.push({ dataset, extent: await readExtent(db, { dataset, today: today() }) })
  return registers
}

/** Open data, and what a funder shares of it: released cells alone, for everybody. */
export const createDataRoutes = ({ mode }: Pick<PageParts, 'mode'>) =>
  createRouter()
    .get('/donnees', async (c) => {
      const { db, today } = c.var.context
      const { items } = await readReleases(db, { limit: monthsShown })
      const registers = await readRegisters(c.var.context)
      return draw(
        c,
        <DataPage {...propsOf(c, mode)} {...{ registers }} releases={items} nextOn={nextReleaseOn(today())} />,
      )
    })
    .get(`/donnees/schemas/:file{(${slugs})\\.json}`, (c) =>
      c.json(tableSchema(factsOf(c.req.param('file').replace('.json', '')), propsOf(c, mode).t)),
    )
    .get('/donnees/jeux/:id', async (c) => {
      const dataset = findDataset(c.req.param('id'))
      if (!dataset) throw new AppError('not_found', 'table_not_found', 'There is no such dataset')
      const [page, asked] = [propsOf(c, mode), askedOf(c.req.query())]
      return dataset.kind === 'counts'
        ? draw(c, <DatasetPage {...page} {...(await readSeries(c.var.context, dataset, asked))} />)
        : draw(c, <RegisterPage {...page} {...(await readRegister(c.var.context, dataset, asked))} />)
    })
    .get(`${path}{(${slugs})\\.csv}`, async (c) => {
      const { month, table } = c.req.param()
      const { read, facts } = await readOne(c.var.context, month, table.replace('.csv', ''), readLocale(c))
      return c.body(tableCsv(read), 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${month}-${facts.slug}.csv"`,
      })
    })
    .get(`${path}{(${slugs})\\.json}`, async (c) => {
      const { month, table } = c.req.param()
      return c.json(tableJson((await readOne(c.var.context, month, table.replace('.json', ''), readLocale(c))).read))
    })
    .get(`${path}{(${slugs})}`, async (c) => {
      const page = propsOf(c, mode)
      const { month, table } = c.req.param()
      const found = await readOne(c.var.context, month, table, page.locale)
      const query = readListQuery(c.req.query(), ['nombres', 'services'])
      const rows = await rowsAsked(c.var.context, found, query.filters.services)
      return draw(c, <DataTablePage {...page} {...found} {...{ query, rows }} />)
    })
    .get('/partage/:file{[\\w-]+\\.csv}', async (c) => {
      const { themes } = await openShareLink(c.var.context, c.req.param('file').replace('.csv', ''))
      c.header('cache-control', 'no-store')
      c.header('x-robots-tag', 'noindex')
      return c.body(themesCsv(themes), 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="partage.csv"',
      })
    })
    .get('/partage/:token', async (c) => {
      const shared = await openShareLink(c.var.context, c.req.param('token'))
      c.header('cache-control', 'no-store')
      c.header('x-robots-tag', 'noindex')
      return draw(c, <SharedPage {...propsOf(c, mode)} shared={shared} />)
    })
