import type { Context as HonoContext } from 'hono'
import { acknowledgeDelivery } from '../../books/acknowledge-delivery.ts'
import { activateBox } from '../../books/activate-box.ts'
import { generateBooks } from '../../books/generate-books.ts'
import type { AppEnv, Context } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter, publicError } from '../../shared/http.ts'
import { errorSentence } from '../../shared/messages.ts'
import { listWaiting, type WaitingItem, type WaitingKind, waitingKinds } from '../../statistics/waiting-queries.ts'
import { listDocumented } from '../../venues/bank-document-queries.ts'
import { verifyBankAccount } from '../../venues/verify-bank-account.ts'
import { csvResponse } from '../components/csv.ts'
import { afterDoing } from '../components/done-notice.tsx'
import { readListQuery } from '../components/list-query.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { type ActKind, acts, WaitingPage } from './waiting-page.tsx'

type C = HonoContext<AppEnv>
const kinds = `(?:${waitingKinds.join('|')})`

const decide: Record<ActKind, (ctx: Context, item: WaitingItem) => Promise<unknown>> = {
  box_on_its_way: (ctx, { id }) => acknowledgeDelivery(ctx, id),
  box_to_activate: (ctx, { id }) => activateBox(ctx, id),
  generation: (ctx, { id }) => generateBooks(ctx, id),
  bank_account: (ctx, { id, parent }) =>
    verifyBankAccount(ctx, { organisationId: parent, accountId: id, isRight: true }),
}

const doings = {
  box_on_its_way: 'colis-recu',
  box_to_activate: 'colis-actif',
  generation: 'codes',
  bank_account: 'compte-verifie',
} as const satisfies Record<ActKind, Parameters<typeof afterDoing>[1]>

/** A proof that is too old leads to its page; without the role there is nothing to show. */
const leadsElsewhere = ['fresh_proof_needed', 'session_needed', 'role_not_allowed']

/** What waits, kind by kind; acts that need nothing but a decision are taken here. */
export function createWaitingRoutes({ mode }: PageParts) {
  async function show(c: C, kind: WaitingKind, refused?: AppError) {
    const { db, today } = c.var.context
    const items = await listWaiting(db, kind)
    const ids = items.map(({ id }) => id)
    const page = propsOf(c, mode)
    const props = {
      ...{ ...page, kind, items, today: today(), query: readListQuery(c.req.query()) },
      documented: kind === 'bank_account' ? await listDocumented(db, ids) : new Set<string>(),
      refusal: refused && errorSentence(refused.code, page.locale),
    }
    return draw(c, <WaitingPage {...props} />, refused ? publicError(refused).status : 200)
  }

  return createRouter()
    .get(`/coordination/attente/:file{${kinds}\\.csv}`, async (c) => {
      const kind = c.req.param('file').replace('.csv', '') as WaitingKind
      const items = await listWaiting(c.var.context.db, kind)
      const rows = items.map(({ id, name, size, cents, since, due }) => [id, name, size, cents, since, due])
      return csvResponse(c, kind, ['id', 'name', 'size', 'cents', 'since', 'due'], rows)
    })
    .get(`/coordination/attente/:kind{${kinds}}`, async (c) => show(c, c.req.param('kind') as WaitingKind))
    .post(`/coordination/attente/:kind{${Object.keys(acts).join('|')}}/:id`, async (c) => {
      const kind = c.req.param('kind') as ActKind
      const item = (await listWaiting(c.var.context.db, kind)).find(({ id }) => id === c.req.param('id'))
      const list = `/coordination/attente/${kind}`
      // Somebody was faster: the list says so by itself.
      if (!item) return c.redirect(list, 303)
      try {
        await decide[kind](c.var.context, item)
      } catch (error) {
        if (!(error instanceof AppError) || leadsElsewhere.includes(error.code)) throw error
        return show(c, kind, error)
      }
      return c.redirect(afterDoing(list, doings[kind]), 303)
    })
}
