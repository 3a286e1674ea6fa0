import type { Context } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter } from '../../shared/http.ts'
import { listFactKinds, listFactsOf } from '../../territories/fact-queries.ts'
import { districtOf } from '../../territories/surroundings.ts'
import { findUnitOf, listDepartmentNames } from '../../territories/unit-queries.ts'
import { listCoverage, listPlacedVenues } from '../../venues/coverage-queries.ts'
import { csvResponse } from '../components/csv.ts'
import { arrange, readListQuery } from '../components/list-query.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { drawCoverage } from './coverage-map.ts'
import { CoveragePage, columnsOf, coveragePath, type ShownCoverage } from './coverage-page.tsx'

/** Venues in a priority district, counted by territory. */
async function countInDistricts({ db, today }: Context, departmentCode: string | null): Promise<Map<string, number>> {
  const venues = await listPlacedVenues(db, today(), departmentCode)
  const communes = [...new Set(venues.map(({ communeCode }) => communeCode))]
  const facts = (await listFactsOf(db, communes)).filter(({ kind }) => kind === 'qpv')
  const within = facts.length === 0 ? [] : venues.filter((venue) => districtOf(venue, facts) !== undefined)
  const unitOf = await findUnitOf(db, communes, departmentCode === null ? 'department' : 'epci')
  const counts = new Map<string, number>()
  for (const { communeCode } of within) {
    const unit = unitOf.get(communeCode) ?? ''
    counts.set(unit, (counts.get(unit) ?? 0) + 1)
  }
  return counts
}

async function readCoverage(ctx: Context, asked: string | undefined) {
  const { db, today } = ctx
  const names = await listDepartmentNames(db)
  const name = names.get(asked ?? '')
  if (asked && name === undefined)
    throw new AppError('not_found', 'territory_not_found', 'There is no such département')
  const department = asked && name !== undefined ? { code: asked, name } : undefined
  const known = new Set(await listFactKinds(db))
  const inDistricts = known.has('qpv') ? await countInDistricts(ctx, department?.code ?? null) : null
  const rows = (await listCoverage(db, today(), department?.code ?? null)).map(
    (row): ShownCoverage => ({ ...row, inDistricts: inDistricts && (inDistricts.get(row.code) ?? 0) }),
  )
  return { rows, department, known }
}

/** Where venues are and where they lack: départements, and the EPCI of each. */
export const createCoverageRoutes = ({ mode }: PageParts) =>
  createRouter()
    .get(coveragePath, async (c) => {
      const coverage = await readCoverage(c.var.context, c.req.query('departement'))
      return draw(c, <CoveragePage {...propsOf(c, mode)} {...coverage} query={readListQuery(c.req.query())} />)
    })
    .get(`${coveragePath}.csv`, async (c) => {
      const { rows, ...coverage } = await readCoverage(c.var.context, c.req.query('departement'))
      const columns = columnsOf({ ...propsOf(c, mode), ...coverage })
      const query = readListQuery(c.req.query())
      const textOf = ({ code, name }: ShownCoverage) => `${code} ${name}`
      const shown = arrange(rows, query, { columns, textOf })
      const heads = 'code name venues population fragility venuesInQpv qpv communesInFrr communes'.split(' ')
      const cells = shown.all.map((row) => [
        ...[row.code, row.name, row.venues, row.population, row.fragility, row.inDistricts],
        ...[row.districts, row.ruralCommunes, row.communes],
      ])
      return csvResponse(c, 'territoires', heads, cells)
    })
    .get(`${coveragePath}/carte.svg`, async (c) => {
      const { db, today } = c.var.context
      const svg = drawCoverage(await listCoverage(db, today(), null), propsOf(c, mode).t('coverage.map.alt'))
      return c.body(svg, 200, { 'content-type': 'image/svg+xml', 'cache-control': 'private, max-age=300' })
    })
