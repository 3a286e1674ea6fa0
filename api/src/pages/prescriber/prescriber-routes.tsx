import { getPrescriber } from '../../books/prescriber-queries.ts'
import { listHandingCampaigns } from '../../devices/handout-queries.ts'
import { countPhones } from '../../devices/queries.ts'
import { requireRole } from '../../shared/context.ts'
import { monthOf } from '../../shared/days.ts'
import { createRouter } from '../../shared/http.ts'
import { onlyFor } from '../page-guard.tsx'
import { draw, propsOf } from '../page-props.tsx'
import { createPhoneRoutes } from '../phones/phone-routes.tsx'
import type { PageParts } from '../routes.tsx'
import { PrescriberHomePage } from './home-page.tsx'

/** The pages of those who hand books out. */
export function createPrescriberRoutes(parts: PageParts) {
  const routes = createRouter()
  for (const path of ['/prescripteur', '/prescripteur/*']) routes.use(path, onlyFor('prescriber', parts))
  return routes
    .get('/prescripteur', async (c) => {
      const { db, actor, today } = c.var.context
      const id = requireRole(actor, 'prescriber').tenantId!
      const home = {
        prescriber: await getPrescriber(db, id),
        campaigns: await listHandingCampaigns(db, { prescriberId: id, month: monthOf(today()), today: today() }),
        phones: await countPhones(db, id),
        month: monthOf(today()),
      }
      return draw(c, <PrescriberHomePage {...propsOf(c, parts.mode)} home={home} />)
    })
    .route('/', createPhoneRoutes(parts, '/prescripteur/telephones'))
}
