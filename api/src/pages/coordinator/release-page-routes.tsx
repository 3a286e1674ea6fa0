import type { Context as HonoContext } from 'hono'
import { type AppEnv, type Context, requireRole } from '../../shared/context.ts'
import { isDay, type Month } from '../../shared/days.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter } from '../../shared/http.ts'
import { freezeRelease } from '../../statistics/freeze-release.ts'
import { listComingReleases, planRelease } from '../../statistics/preview-release.ts'
import { readReleases } from '../../statistics/read-releases.ts'
import { findReleaseOfMonth, type Release } from '../../statistics/release-queries.ts'
import { reviseRelease } from '../../statistics/revise-release.ts'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { noteLength, ReleaseNotePage } from './release-note-page.tsx'
import { ReleasePlanPage } from './release-plan-page.tsx'
import { ReleasesPage, releasesPath } from './releases-page.tsx'

const path = `${releasesPath}/:month{\\d{4}-\\d{2}}` as const
const monthsShown = 120

const notFound = () => new AppError('not_found', 'release_not_found', 'Nothing was published of this month')

function monthIn(text: string): Month {
  const month = `${text}-01`
  if (!isDay(month)) throw notFound()
  return month
}

async function getReleaseOf(ctx: Context, text: string): Promise<Release> {
  requireRole(ctx.actor, 'coordinator')
  const release = await findReleaseOfMonth(ctx.db, monthIn(text))
  if (!release) throw notFound()
  return release
}

type Asked = HonoContext<AppEnv, `${typeof path}/note`>

/** Publishing a month, and the public notes on what was published. */
export const createReleasePageRoutes = ({ mode }: PageParts) => {
  const drawNote = (c: Asked, release: Release, form: FormState, { isRead = false, status = 200 } = {}) =>
    draw(
      c,
      <ReleaseNotePage {...propsOf(c, mode)} {...{ release, form, isRead }} today={c.var.context.today()} />,
      status,
    )

  return createRouter()
    .get(releasesPath, async (c) => {
      const ctx = c.var.context
      const coming = await listComingReleases(ctx)
      const { items } = await readReleases(ctx.db, { limit: monthsShown })
      return draw(c, <ReleasesPage {...propsOf(c, mode)} coming={coming} releases={items} today={ctx.today()} />)
    })
    .get(path, async (c) => {
      const plan = await planRelease(c.var.context, monthIn(c.req.param('month')))
      return draw(c, <ReleasePlanPage {...propsOf(c, mode)} plan={plan} />)
    })
    .post(path, async (c) => {
      await freezeRelease(c.var.context, monthIn(c.req.param('month')))
      return c.redirect(releasesPath, 303)
    })
    .get(`${path}/note`, async (c) => drawNote(c, await getReleaseOf(c.var.context, c.req.param('month')), emptyForm))
    .post(`${path}/note`, async (c) => {
      const release = await getReleaseOf(c.var.context, c.req.param('month'))
      const values = valuesOf(await c.req.parseBody())
      const { note = '', step } = values
      const { t, locale } = propsOf(c, mode)
      if (note.length < noteLength.least || note.length > noteLength.most)
        return drawNote(c, release, { values, errors: { note: t('releases.note.length') } }, { status: 422 })
      if (step !== 'publish') return drawNote(c, release, { values, errors: {} }, { isRead: step !== 'change' })
      try {
        await reviseRelease(c.var.context, release.id, note)
      } catch (error) {
        return drawNote(c, release, refusedForm(values, error, { locale, other: 'note' }), { status: 409 })
      }
      return c.redirect(releasesPath, 303)
    })
}
