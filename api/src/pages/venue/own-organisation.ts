import type { Context as HonoContext } from 'hono'
import { type AppEnv, requireRole } from '../../shared/context.ts'
import { getOrganisation } from '../../venues/queries.ts'

/** Whose pages these are. Throws `unauthenticated`, `forbidden`. */
export const ownOrganisation = (c: HonoContext<AppEnv>) =>
  getOrganisation(c.var.context.db, requireRole(c.var.context.actor, 'venue_manager').tenantId!)
