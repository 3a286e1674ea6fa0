import type { Context as HonoContext } from 'hono'
import { listBoxes } from '../../books/queries.ts'
import { listHandingCampaigns } from '../../devices/handout-queries.ts'
import { countPhones } from '../../devices/queries.ts'
import { getPrescriber } from '../../prescribers/queries.ts'
import { type AppEnv, requireRole } from '../../shared/context.ts'
import { addMonths, isDay, isWithinReach, type Month, monthOf } from '../../shared/days.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter, idOf } from '../../shared/http.ts'
import { countHandouts, setHandouts } from '../../stock/count-handouts.ts'
import { listMoves, listRequests } from '../../stock/queries.ts'
import { replaceBook } from '../../stock/replace-book.ts'
import { requestBooks } from '../../stock/request-books.ts'
import { createLeftoverRoutes } from '../agreements/leftover-routes.tsx'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import { wholeNumberOf } from '../components/form-values.ts'
import { onlyFor } from '../page-guard.tsx'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { createPhoneRoutes } from '../phones/phone-routes.tsx'
import { AskPage, MonthPage, ReplacePage, reasons } from './hand-out-pages.tsx'
import { type Done, PrescriberHomePage } from './home-page.tsx'

type C = HonoContext<AppEnv>
const ownId = (c: C) => requireRole(c.var.context.actor, 'prescriber').tenantId!
const campaignsOf = (c: C) => {
  const { db, today } = c.var.context
  return listHandingCampaigns(db, { prescriberId: ownId(c), month: monthOf(today()), today: today() })
}

/** The pages of those who hand books out. */
export function createPrescriberRoutes(parts: PageParts) {
  const routes = createRouter()
  for (const path of ['/prescripteur', '/prescripteur/*']) routes.use(path, onlyFor('prescriber', parts))
  return routes
    .get('/prescripteur', async (c) => {
      const { db, today } = c.var.context
      const id = ownId(c)
      const done = doneBy[c.req.query('fait') ?? ''] ?? null
      const home = {
        done,
        prescriber: await getPrescriber(db, id),
        campaigns: await campaignsOf(c),
        boxes: await listBoxes(db, { prescriberId: id, state: 'dispatched' }, { limit: 100, offset: 0 }),
        moves: (await listMoves(db)).filter(
          ({ toPrescriberId, receivedOn, cancelledOn }) => toPrescriberId === id && !receivedOn && !cancelledOn,
        ),
        requests: await listRequests(db),
        phones: await countPhones(db, id),
        month: monthOf(today()),
      }
      return draw(c, <PrescriberHomePage {...propsOf(c, parts.mode)} home={home} />)
    })
    .post('/prescripteur/remises', async (c) => {
      const { campaignId, books } = valuesOf(await c.req.parseBody())
      await countHandouts(c.var.context, ownId(c), {
        campaignId: idOf(campaignId, 'campaign'),
        month: monthOf(c.var.context.today()),
        books: books === '-1' ? -1 : 1,
      })
      return c.redirect('/prescripteur?fait=remise', 303)
    })
    .route('/', createFormRoutes(parts))
    .route('/', createLeftoverRoutes(parts))
    .route('/', createPhoneRoutes(parts, '/prescripteur/telephones'))
}

const doneBy: Record<string, Done> = { remise: 'counted', remplacement: 'replaced', demande: 'asked' }

/** How many months back a figure may still be written. */
const monthsBack = 12

function monthWritten(text = ''): Month {
  const month = monthOf(text)
  if (!isDay(month) || !isWithinReach(month))
    throw new AppError('invalid', 'not_a_month', 'A month', { field: 'month' })
  return month
}

type Values = Record<string, string>
type Act = (c: C, values: Values & { campaignId: string }) => Promise<unknown>

/** A month's figure, a replacement, a request: a page with one form each. */
function createFormRoutes({ mode }: PageParts) {
  const propsFor = async (c: C, form: FormState) => ({
    ...propsOf(c, mode),
    form,
    campaigns: await campaignsOf(c),
    prescriber: (await getPrescriber(c.var.context.db, ownId(c))).name,
  })
  const pages = {
    mois: async (c: C, form: FormState) => {
      const thisMonth = monthOf(c.var.context.today())
      const months = Array.from({ length: monthsBack }, (_, at) => addMonths(thisMonth, -at))
      return <MonthPage {...(await propsFor(c, form))} months={months} />
    },
    remplacement: async (c: C, form: FormState) => <ReplacePage {...(await propsFor(c, form))} />,
    demande: async (c: C, form: FormState) => <AskPage {...(await propsFor(c, form))} />,
  }
  const acts: Record<keyof typeof pages, { field: string; done: string; act: Act }> = {
    mois: {
      field: 'total',
      done: 'remise',
      act: (c, values) =>
        setHandouts(c.var.context, ownId(c), {
          campaignId: values.campaignId,
          month: monthWritten(values.month),
          total: wholeNumberOf(values, 'total'),
        }),
    },
    remplacement: {
      field: 'cover',
      done: 'remplacement',
      act: (c, values) =>
        replaceBook(c.var.context, ownId(c), {
          ...{ campaignId: values.campaignId, cover: wholeNumberOf(values, 'cover') },
          reason: reasons.find((known) => known === values.reason) ?? 'lost',
        }),
    },
    demande: {
      field: 'wanted',
      done: 'demande',
      act: (c, values) => {
        const books = wholeNumberOf(values, 'wanted', { least: 1 })
        return requestBooks(c.var.context, { campaignId: values.campaignId, books })
      },
    },
  }
  const names = 'mois|remplacement|demande'
  return createRouter()
    .get(`/prescripteur/:form{${names}}`, async (c) =>
      draw(c, await pages[c.req.param('form') as keyof typeof pages](c, emptyForm)),
    )
    .post(`/prescripteur/:form{${names}}`, async (c) => {
      const name = c.req.param('form') as keyof typeof pages
      const values = valuesOf(await c.req.parseBody())
      const { act, field, done } = acts[name]
      try {
        await act(c, { ...values, campaignId: idOf(values.campaignId, 'campaign') })
      } catch (error) {
        const form = refusedForm(values, error, { locale: propsOf(c, mode).locale, other: field })
        return draw(c, await pages[name](c, form), 422)
      }
      return c.redirect(`/prescripteur?fait=${done}`, 303)
    })
}
