import type { Context as HonoContext } from 'hono'
import { importQueue } from '../../saved-queues/import-queue.ts'
import { SavedQueue } from '../../saved-queues/routes.ts'
import { type AppEnv, requireRole } from '../../shared/context.ts'
import { createRouter } from '../../shared/http.ts'
import { getOrganisation } from '../../venues/queries.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { QueueFilePage, queueFilePath } from './queue-file-page.tsx'

/** What a phone saved, or null: anything else that one may choose by mistake. */
async function readFile(c: HonoContext<AppEnv>) {
  const { file } = await c.req.parseBody()
  const text = file instanceof File ? await file.text() : ''
  try {
    return SavedQueue.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** Taking the file of a phone that can no longer send, for the own organisation. */
export const createQueueFileRoutes = ({ mode, desk }: PageParts) => {
  const ownOrganisation = (c: HonoContext<AppEnv>) =>
    getOrganisation(c.var.context.db, requireRole(c.var.context.actor, 'venue_manager').tenantId!)
  return createRouter()
    .get(queueFilePath, async (c) => {
      const { legalName } = await ownOrganisation(c)
      return draw(c, <QueueFilePage {...propsOf(c, mode)} tenant={legalName} />)
    })
    .post(queueFilePath, async (c) => {
      const { id, legalName } = await ownOrganisation(c)
      const saved = await readFile(c)
      const props = { ...propsOf(c, mode), tenant: legalName }
      if (!saved) return draw(c, <QueueFilePage {...props} isWrong />)
      return draw(c, <QueueFilePage {...props} done={await importQueue(c.var.context, desk, id, saved)} />)
    })
}
