import { setTimeout as wait } from 'node:timers/promises'
import type { Context as HonoContext } from 'hono'
import { cancelGeneration } from '../../books/cancel-generation.ts'
import { confirmReceipt } from '../../books/confirm-receipt.ts'
import { generateBooks } from '../../books/generate-books.ts'
import { progressOfGeneration } from '../../books/generation-progress.ts'
import { progressOfPrinting } from '../../books/pdf/print-progress.ts'
import { isGenerated } from '../../books/print-run.ts'
import { getPrintRun } from '../../books/queries.ts'
import { requestPrintRun } from '../../books/request-print-run.ts'
import { revokePrintRun } from '../../books/revoke-boxes.ts'
import { listOrderable, listRunBoxes, listRunRows } from '../../books/run-queries.ts'
import { getCampaign } from '../../campaigns/queries.ts'
import { type AppEnv, type Context, requireRole } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter, idOf, idPattern } from '../../shared/http.ts'
import { listPeopleNames } from '../../statistics/scheme-queries.ts'
import { csvResponse } from '../components/csv.ts'
import { afterDoing } from '../components/done-notice.tsx'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import { wholeNumberOf } from '../components/form-values.ts'
import { readListQuery } from '../components/list-query.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, type Mode, propsOf } from '../page-props.tsx'
import { PrintOrderPage } from './print-order-page.tsx'
import { PrintRunPage } from './print-run-page.tsx'
import { PrintingPage, printingHome } from './printing-page.tsx'
import { RevokeRunPage } from './revoke-run-page.tsx'

const one = `${printingHome}/:id{${idPattern}}` as const
/** Few codes are made before the answer; of many the page shows how far they are. */
const patienceMs = 1000
const reloadSeconds = '3'

const isCoordinator = ({ actor }: Context) => actor.kind === 'person' && actor.role === 'coordinator'

async function readRun(ctx: Context, id: string, mode: Mode) {
  const run = await getPrintRun(ctx.db, id)
  const people = [run.requestedBy, run.proofApprovedBy, run.approvedBy].filter((personId) => personId !== null)
  const isStillMade = run.receiptConfirmedOn === null || mode === 'demo'
  return {
    run,
    campaign: await getCampaign(ctx.db, run.campaignId),
    names: await listPeopleNames(ctx.db, people),
    boxes: await listRunBoxes(ctx.db, id),
    generating: progressOfGeneration(id),
    printing: progressOfPrinting(id),
    hasFiles: isCoordinator(ctx) && isGenerated(run.state) && isStillMade && ctx.keyring.hasRunKey(id),
    isCoordinator: isCoordinator(ctx),
  }
}

const fieldOf: Record<string, string> = {
  campaign_not_found: 'campaignId',
  too_few_books_in_a_box: 'booksPerBox',
  age_recipient_invalid: 'ageRecipient',
  cover_text_too_long: 'coverText',
}

/** Print runs: ordered, their codes made, their files taken, their receipt confirmed. */
export function createPrintingRoutes(parts: PageParts) {
  const { mode, report } = parts
  const showOrder = async (c: HonoContext<AppEnv>, form: FormState) => {
    requireRole(c.var.context.actor, 'coordinator')
    const campaigns = (await listOrderable(c.var.context.db)).filter(({ leftBooks }) => leftBooks > 0)
    const props = { ...propsOf(c, mode), campaigns, form }
    return draw(c, <PrintOrderPage {...props} />, form === emptyForm ? 200 : 422)
  }
  return createRouter()
    .get(printingHome, async (c) => {
      const props = { ...propsOf(c, mode), rows: await listRunRows(c.var.context.db) }
      const query = readListQuery(c.req.query())
      return draw(c, <PrintingPage {...props} query={query} mayOrder={isCoordinator(c.var.context)} />)
    })
    .get(`${printingHome}.csv`, async (c) => {
      const rows = await listRunRows(c.var.context.db)
      const heads = ['id', 'campaign', 'state', 'books', 'cents', 'orderedOn', 'receivedOn']
      const cells = rows.map((row) => [
        ...[row.id, row.campaign, row.state, row.bookCount, row.cents, row.requestedOn, row.receiptConfirmedOn],
      ])
      return csvResponse(c, 'impressions', heads, cells)
    })
    .get(`${printingHome}/commande`, (c) => showOrder(c, emptyForm))
    .post(`${printingHome}/commande`, async (c) => {
      requireRole(c.var.context.actor, 'coordinator')
      const values = valuesOf(await c.req.parseBody())
      try {
        const run = await requestPrintRun(c.var.context, idOf(values.campaignId, 'campaign'), {
          bookCount: wholeNumberOf(values, 'bookCount', { least: 1 }),
          booksPerBox: wholeNumberOf(values, 'booksPerBox', { least: 1 }),
          ageRecipient: values.ageRecipient || null,
          coverText: values.coverText,
        })
        return c.redirect(`${printingHome}/${run.id}`, 303)
      } catch (error) {
        const other = (error instanceof AppError && fieldOf[error.code]) || 'bookCount'
        return showOrder(c, refusedForm(values, error, { locale: propsOf(c, mode).locale, other }))
      }
    })
    .get(one, async (c) => {
      const facts = await readRun(c.var.context, c.req.param('id'), mode)
      if (facts.generating || facts.printing) c.header('refresh', reloadSeconds)
      return draw(c, <PrintRunPage {...propsOf(c, mode)} {...facts} />)
    })
    .post(`${one}/codes`, async (c) => {
      const id = c.req.param('id')
      const made = generateBooks(c.var.context, id)
      made.catch(() => {})
      const isOver = await Promise.race([made.then(() => true), wait(patienceMs, false, { ref: false })])
      // Nobody waits for it any more: what goes wrong now is told to the log.
      if (!isOver) made.catch((error) => (error instanceof AppError ? undefined : report(error)))
      return c.redirect(`${printingHome}/${id}`, 303)
    })
    .route('/', createRevocationRoutes(parts))
    .route('/', createActRoutes())
}

const acts = { arret: cancelGeneration, accuse: confirmReceipt }

/** Cancelled for good: asked once more, with what it will do. */
function createRevocationRoutes({ mode }: PageParts) {
  const show = async (c: HonoContext<AppEnv>, id: string, form: FormState) => {
    requireRole(c.var.context.actor, 'coordinator')
    const run = await getPrintRun(c.var.context.db, id)
    const campaign = await getCampaign(c.var.context.db, run.campaignId)
    return draw(c, <RevokeRunPage {...propsOf(c, mode)} {...{ run, campaign, form }} />, form === emptyForm ? 200 : 422)
  }
  return createRouter()
    .get(`${one}/annulation`, (c) => show(c, c.req.param('id'), emptyForm))
    .post(`${one}/annulation`, async (c) => {
      requireRole(c.var.context.actor, 'coordinator')
      const id = c.req.param('id')
      try {
        await revokePrintRun(c.var.context, id)
      } catch (error) {
        return show(c, id, refusedForm({}, error, { locale: propsOf(c, mode).locale, other: 'run' }))
      }
      return c.redirect(afterDoing(`${printingHome}/${id}`, 'tirage-annule'), 303)
    })
}

const createActRoutes = () =>
  createRouter().post(`${one}/:act{${Object.keys(acts).join('|')}}`, async (c) => {
    const { id, act } = c.req.param()
    await acts[act as keyof typeof acts](c.var.context, id)
    return c.redirect(`${printingHome}/${id}`, 303)
  })
