import { type Plan, planBounds, wrongFields } from '../../campaigns/simulate-parts.ts'
import { createRouter } from '../../shared/http.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { SimulatorPage } from './simulator-page.tsx'

const usual: Plan = { books: 500, bookSize: 10, faceEuros: 10, statePercent: 35, usedPercent: 60 }
const numberOf = (text: string) => (/^\d{1,7}$/.test(text) ? Number(text) : Number.NaN)

/** Nothing is kept: what was typed is in the address, so it can be shared. */
export const createSimulatorRoutes = ({ mode }: PageParts) =>
  createRouter().get('/financeur/simulateur', (c) => {
    const page = propsOf(c, mode)
    const names = Object.keys(planBounds) as (keyof Plan)[]
    const values = Object.fromEntries(names.map((name) => [name, (c.req.query(name) ?? String(usual[name])).trim()]))
    const plan = Object.fromEntries(names.map((name) => [name, numberOf(values[name]!.replace(/\s/g, ''))])) as Plan
    const wrong = wrongFields(plan)
    const errors = Object.fromEntries(wrong.map((name) => [name, page.t('simulator.wrong')]))
    return draw(c, <SimulatorPage {...page} form={{ values, errors }} plan={wrong.length === 0 ? plan : undefined} />)
  })
