import { createRouter } from '../../shared/http.ts'
import { onlyFor } from '../page-guard.tsx'
import type { PageParts } from '../routes.tsx'

/** The pages of a venue manager: own organisation only, as the use cases decide. */
export function createVenueRoutes(parts: PageParts) {
  const routes = createRouter()
  for (const path of ['/lieu', '/lieu/*']) routes.use(path, onlyFor('venue_manager', parts))
  return routes
}
