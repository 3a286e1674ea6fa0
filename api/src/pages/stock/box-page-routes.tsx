import type { Context as HonoContext } from 'hono'
import QRCode from 'qrcode'
import { acknowledgeDelivery } from '../../books/acknowledge-delivery.ts'
import { activateBox } from '../../books/activate-box.ts'
import { bookCountOf } from '../../books/box.ts'
import { readRanges } from '../../books/cover-ranges.ts'
import { dispatchBox } from '../../books/dispatch-box.ts'
import { listGaps } from '../../books/gap-queries.ts'
import { listBoxes } from '../../books/queries.ts'
import { readOwnBox } from '../../books/read-own-box.ts'
import { revokeBox } from '../../books/revoke-boxes.ts'
import { settleGap } from '../../books/settle-gap.ts'
import { getCampaign } from '../../campaigns/queries.ts'
import { listPrescribers } from '../../prescribers/queries.ts'
import { type AppEnv, requireRole } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter, idOf } from '../../shared/http.ts'
import { listPrescriberNames, listRequests, listStockedCampaigns } from '../../stock/queries.ts'
import { answerRequest } from '../../stock/request-books.ts'
import { csvResponse } from '../components/csv.ts'
import { afterDoing } from '../components/done-notice.tsx'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import { type ListQuery, readListQuery } from '../components/list-query.ts'
import { onlyFor } from '../page-guard.tsx'
import type { PageParts } from '../page-parts.ts'
import { draw, type PageProps, propsOf } from '../page-props.tsx'
import { BoxPage, type BoxView, RevokeBoxPage } from './box-page.tsx'
import { arrangeBoxes, BoxesPage, type BoxRow, boxColumns } from './boxes-page.tsx'

type C = HonoContext<AppEnv>
const everyBox = { limit: 100_000, offset: 0 }

/** Boxes with their delivery sheets, for those who send them, receive them and pay for them. */
export function createBoxPageRoutes(parts: PageParts) {
  const { mode, publicUrl } = parts
  const routes = createRouter()
  const readers = ['coordinator', 'prescriber', 'finance_approver', 'auditor', 'funder'] as const
  for (const path of ['/colis', '/colis.csv', '/colis/*', '/demandes/*']) routes.use(path, onlyFor(readers, parts))

  const boxOf = (c: C) => idOf(c.req.param('id'), 'box')
  async function viewOf(c: C, id: string): Promise<BoxView> {
    const { db, actor } = c.var.context
    const box = await readOwnBox(c.var.context, id)
    const campaign = await getCampaign(db, box.campaignId)
    const isSending = actor.kind === 'person' && actor.role === 'coordinator' && box.state === 'printed'
    return {
      box,
      campaign,
      gaps: await listGaps(db, [id]),
      prescriber: box.prescriberId ? ((await listPrescriberNames(db)).get(box.prescriberId) ?? null) : null,
      prescribers: isSending ? await listPrescribers(db, { onlyId: null, limit: 1000 }) : [],
      qrSvg: await QRCode.toString(`${publicUrl}/colis/${id}`, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' }),
    }
  }
  const show = async (c: C, form: FormState = emptyForm, Page = BoxPage) =>
    draw(c, <Page {...propsOf(c, mode)} view={await viewOf(c, boxOf(c))} form={form} />, form === emptyForm ? 200 : 422)

  /** Does it and shows the box, or shows what was typed with what is wrong. */
  const act =
    (
      doing: Parameters<typeof afterDoing>[1],
      run: (c: C, values: Record<string, string>) => Promise<unknown>,
      Page = BoxPage,
    ) =>
    async (c: C) => {
      const values = valuesOf(await c.req.parseBody({ all: true }))
      try {
        await run(c, values)
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'role_not_allowed' || error.code === 'box_not_found')
          throw error
        return show(
          c,
          refusedForm(values, error, { locale: propsOf(c, mode).locale, other: fieldOf[error.code] ?? 'box' }),
          Page,
        )
      }
      return c.redirect(afterDoing(`/colis/${boxOf(c)}`, doing), 303)
    }

  return routes
    .route('/', createBoxListRoutes(parts))
    .get('/colis/:id', async (c) => show(c))
    .get('/colis/:id/revocation', async (c) => {
      requireRole(c.var.context.actor, 'coordinator')
      return show(c, emptyForm, RevokeBoxPage)
    })
    .post(
      '/colis/:id/envoi',
      act('colis-envoye', (c, { prescriberId }) =>
        dispatchBox(c.var.context, boxOf(c), idOf(prescriberId, 'prescriber')),
      ),
    )
    .post(
      '/colis/:id/reception',
      act('colis-recu', (c, { books = '', covers = '' }) => receive(c, boxOf(c), { books, covers })),
    )
    .post(
      '/colis/:id/activation',
      act('colis-actif', (c) => activateBox(c.var.context, boxOf(c))),
    )
    .post(
      '/colis/:id/revocation',
      act('colis-revoque', (c) => revokeBox(c.var.context, boxOf(c)), RevokeBoxPage),
    )
    .post(
      '/colis/:id/manquants/:gap/:act{arrivee|perte}',
      act('manquants', (c) =>
        settleGap(c.var.context, idOf(c.req.param('gap'), 'gap'), c.req.param('act') === 'perte' ? 'lost' : 'arrived'),
      ),
    )
}

/** The list, and what prescribers ask for. */
const createBoxListRoutes = ({ mode }: PageParts) =>
  createRouter()
    .get('/colis', async (c) => {
      const query = readListQuery(c.req.query(), ['etat'])
      const { actor, db } = c.var.context
      const isFunder = actor.kind === 'person' && actor.role === 'funder'
      const requests = isFunder ? [] : await listRequests(db, 'waiting')
      return draw(c, <BoxesPage {...propsOf(c, mode)} rows={await readRows(c)} query={query} requests={requests} />)
    })
    .get('/colis.csv', async (c) =>
      boxesCsv(c, propsOf(c, mode), await readRows(c), readListQuery(c.req.query(), ['etat'])),
    )
    .post('/demandes/:id/:answer{oui|non}', async (c) => {
      const { id, answer } = c.req.param()
      const isAccepted = answer === 'oui'
      await answerRequest(c.var.context, idOf(id, 'book_request'), isAccepted)
      return c.redirect(afterDoing('/colis', isAccepted ? 'demande-acceptee' : 'demande-refusee'), 303)
    })

const fieldOf: Record<string, string> = {
  covers_unreadable: 'covers',
  covers_needed: 'covers',
  covers_not_in_box: 'covers',
  covers_the_wrong_way_round: 'covers',
  count_differs: 'books',
  nothing_arrived: 'books',
}

async function receive(c: C, id: string, { books, covers }: { books: string; covers: string }) {
  const box = await readOwnBox(c.var.context, id)
  const all = bookCountOf(box)
  const arrivedBooks = /^\d{1,6}$/.test(books) ? Number(books) : all
  const arrived = readRanges(covers)
  const isWhole = arrived.length === 0 && arrivedBooks === all
  return acknowledgeDelivery(c.var.context, id, {
    ...(isWhole ? {} : { arrivedBooks }),
    ...(arrived.length > 0 && { arrived }),
  })
}

async function readRows(c: C): Promise<BoxRow[]> {
  const { db, actor } = c.var.context
  const own = actor.kind === 'person' && actor.role === 'prescriber' ? (actor.tenantId ?? undefined) : undefined
  const [boxes, campaigns] = [await listBoxes(db, { prescriberId: own }, everyBox), await listStockedCampaigns(db)]
  const names = await listPrescriberNames(db)
  return boxes.map((box) => ({
    ...box,
    campaign: campaigns.find(({ id }) => id === box.campaignId)?.name ?? '',
    prescriber: box.prescriberId ? (names.get(box.prescriberId) ?? '') : '',
  }))
}

function boxesCsv(c: C, page: PageProps, all: readonly BoxRow[], query: ListQuery) {
  const columns = boxColumns(page)
  const { all: rows } = arrangeBoxes(all, query, columns)
  const heads =
    'id campaign number firstCover lastCover books missingBooks prescriber state dispatchedOn deliveredOn activatedOn revokedOn'
  const cells = rows.map((box) => [
    ...[box.id, box.campaign, box.number, box.firstCover, box.lastCover, bookCountOf(box), box.missingBooks],
    ...[box.prescriber, box.state, box.dispatchedOn, box.deliveredOn, box.activatedOn, box.revokedOn],
  ])
  return csvResponse(c, 'colis', heads.split(' '), cells)
}
