import { acknowledgeDelivery } from '../../books/acknowledge-delivery.ts'
import { activateBox } from '../../books/activate-box.ts'
import { generateBooks } from '../../books/generate-books.ts'
import type { Context } from '../../shared/context.ts'
import { createRouter } from '../../shared/http.ts'
import { listWaiting, type WaitingItem, type WaitingKind, waitingKinds } from '../../statistics/waiting-queries.ts'
import { listDocumented } from '../../venues/bank-document-queries.ts'
import { verifyBankAccount } from '../../venues/verify-bank-account.ts'
import { csvResponse } from '../components/csv.ts'
import { readListQuery } from '../components/list-query.ts'
import { draw, propsOf } from '../page-props.tsx'
import type { PageParts } from '../routes.tsx'
import { type ActKind, acts, WaitingPage } from './waiting-page.tsx'

const kinds = `(?:${waitingKinds.join('|')})`

const decide: Record<ActKind, (ctx: Context, item: WaitingItem) => Promise<unknown>> = {
  box_on_its_way: (ctx, { id }) => acknowledgeDelivery(ctx, id),
  box_to_activate: (ctx, { id }) => activateBox(ctx, id),
  generation: (ctx, { id }) => generateBooks(ctx, id),
  bank_account: (ctx, { id, parent }) =>
    verifyBankAccount(ctx, { organisationId: parent, accountId: id, isRight: true }),
}

/** What waits, kind by kind; acts that need nothing but a decision are taken here. */
export const createWaitingRoutes = ({ mode }: PageParts) =>
  createRouter()
    .get(`/coordination/attente/:file{${kinds}\\.csv}`, async (c) => {
      const kind = c.req.param('file').replace('.csv', '') as WaitingKind
      const items = await listWaiting(c.var.context.db, kind)
      const rows = items.map(({ id, name, size, cents, since, due }) => [id, name, size, cents, since, due])
      return csvResponse(c, kind, ['id', 'name', 'size', 'cents', 'since', 'due'], rows)
    })
    .get(`/coordination/attente/:kind{${kinds}}`, async (c) => {
      const kind = c.req.param('kind') as WaitingKind
      const { db, today } = c.var.context
      const items = await listWaiting(db, kind)
      const documented =
        kind === 'bank_account'
          ? await listDocumented(
              db,
              items.map(({ id }) => id),
            )
          : new Set<string>()
      const props = {
        ...propsOf(c, mode),
        kind,
        items,
        documented,
        today: today(),
        query: readListQuery(c.req.query()),
      }
      return draw(c, <WaitingPage {...props} />)
    })
    .post(`/coordination/attente/:kind{${Object.keys(acts).join('|')}}/:id`, async (c) => {
      const { kind, id } = c.req.param()
      const item = (await listWaiting(c.var.context.db, kind as ActKind)).find((waiting) => waiting.id === id)
      // Somebody was faster: the list says so by itself.
      if (item) await decide[kind as ActKind](c.var.context, item)
      return c.redirect(`/coordination/attente/${kind}`, 303)
    })
