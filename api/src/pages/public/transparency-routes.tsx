import { findAuditHead } from '../../accounts/audit-queries.ts'
import { listPeriods } from '../../periods/queries.ts'
import { createRouter } from '../../shared/http.ts'
import type { Sums } from '../../treasury/pool.ts'
import { readTransparency } from '../../treasury/read-transparency.ts'
import { csvResponse } from '../components/csv.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { lastSealingOf } from './privacy-page.tsx'
import { TransparencyPage } from './transparency-page.tsx'

const sums = ['bankCents', 'owesCents', 'owedCents', 'issuedCents', 'freeCents', 'apartCents'] as const
const cellsOf = (of: Sums) => sums.map((name) => of[name])

/** Can they pay? On a page and in files; `?au=` shows what an earlier evening was told as. */
export const createTransparencyRoutes = ({ mode }: PageParts) =>
  createRouter()
    .get('/transparence', async (c) => {
      const { db } = c.var.context
      const facts = await readTransparency(c.var.context, c.req.query('au'))
      const proofs = { lastSealing: lastSealingOf(await listPeriods(db)), auditHead: await findAuditHead(db) }
      return draw(c, <TransparencyPage {...propsOf(c, mode)} facts={facts} {...proofs} />)
    })
    .get('/transparence.csv', async (c) => {
      const { pools, asOf } = await readTransparency(c.var.context, c.req.query('au'))
      const rows = pools.map((pool) => [asOf, pool.account, pool.campaign, ...cellsOf(pool)])
      return csvResponse(c, `transparence-${asOf ?? 'vide'}`, ['on', 'account', 'campaign', ...sums], rows)
    })
    .get('/transparence/arretes.csv', async (c) => {
      const { history } = await readTransparency(c.var.context)
      const rows = history.map(({ on, sums: of }) => [on, ...cellsOf(of)])
      return csvResponse(c, `transparence-arretes-${c.var.context.today()}`, ['on', ...sums], rows)
    })
