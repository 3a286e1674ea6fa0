import { createRouter } from '../../shared/http.ts'
import { onlyFor } from '../page-guard.tsx'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { createPhoneRoutes } from '../phones/phone-routes.tsx'
import { createQueueFileRoutes } from '../phones/queue-file-routes.tsx'
import { createBankRoutes } from './bank-routes.tsx'
import { createCalendarRoutes } from './calendar-routes.tsx'
import { VenueHomePage } from './home-page.tsx'
import { readVenueHome } from './read-venue-home.ts'
import { createStatementPageRoutes } from './statement-page-routes.tsx'
import { createVenueServicesRoutes } from './venue-services-routes.tsx'
import { createVenueSheetRoutes } from './venue-sheet-routes.tsx'

/** The pages of a venue manager: own organisation only, as the use cases decide. */
export function createVenueRoutes(parts: PageParts) {
  const routes = createRouter()
  for (const path of ['/lieu', '/lieu/*']) routes.use(path, onlyFor('venue_manager', parts))
  return routes
    .get('/lieu', async (c) =>
      draw(c, <VenueHomePage {...propsOf(c, parts.mode)} home={await readVenueHome(c.var.context)} />),
    )
    .route('/', createStatementPageRoutes(parts))
    .route('/', createCalendarRoutes(parts))
    .route('/', createVenueServicesRoutes(parts))
    .route('/', createVenueSheetRoutes(parts))
    .route('/', createBankRoutes(parts))
    .route('/', createQueueFileRoutes(parts))
    .route('/', createPhoneRoutes(parts, '/lieu/telephones'))
}
