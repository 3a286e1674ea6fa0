import { getFunder } from '../funders/queries.ts'
import type { Context } from '../shared/context.ts'

/** For the head of a page that funders read and those who serve the scheme: whose pages these are; nobody's own for the latter. */
export const tenantNameOf = async ({ db, tenant }: Context): Promise<string | undefined> =>
  tenant === null ? undefined : (await getFunder(db, tenant)).name
