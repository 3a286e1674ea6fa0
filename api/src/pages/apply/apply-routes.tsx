import type { Context as HonoContext } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { readCatalogue } from '../../catalogue/read-catalogue.ts'
import type { AppEnv } from '../../shared/context.ts'
import { cookieOptions } from '../../shared/cookies.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter } from '../../shared/http.ts'
import { localeOf } from '../../shared/messages.ts'
import { communeFinder } from '../../territories/commune.ts'
import { listCommunes } from '../../territories/queries.ts'
import { readApplication } from '../../venues/application.ts'
import {
  type ApplyParts,
  applyForVenue,
  confirmApplication,
  getFollowed,
  renewApplicationCode,
} from '../../venues/apply-for-venue.ts'
import { standardColumns } from '../../venues/standard-columns.ts'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { ApplyPage } from './apply-page.tsx'
import { FollowPage } from './follow-page.tsx'

const programmes = standardColumns.find(({ name }) => name === 'dispositif_programmes_nationaux')!.values!
const cookieDays = 60
const followCookie = 'carnet-demande'

/** Before the first catalogue a place offers all there will be. */
async function readThemes(c: HonoContext<AppEnv>) {
  try {
    return (await readCatalogue(c.var.context)).themes
  } catch (error) {
    if (error instanceof AppError && error.code === 'catalogue_not_published') return []
    throw error
  }
}

/** A structure applies to become a venue, confirms its address and follows its application. No account is needed. */
export function createApplyRoutes({ mode, publicUrl, mailer, report }: PageParts) {
  const parts: ApplyParts = { mailer, publicUrl, report }
  const show = async (c: HonoContext<AppEnv>, form: FormState) => {
    const page = { ...propsOf(c, mode), form, themes: await readThemes(c), programmes }
    return draw(c, <ApplyPage {...page} />, form === emptyForm ? 200 : 422)
  }
  const tokenOf = (c: HonoContext<AppEnv>): string => {
    const token = getCookie(c, followCookie)
    if (!token) throw new AppError('not_found', 'application_not_found', 'This browser sent no application')
    return token
  }
  const follow = async (c: HonoContext<AppEnv>, form: FormState) => {
    const application = await getFollowed(c.var.context, tokenOf(c))
    const props = { ...propsOf(c, mode), application, form, isSent: c.req.query('fait') === 'code' }
    c.header('cache-control', 'no-store')
    return draw(c, <FollowPage {...props} />, form === emptyForm ? 200 : 422)
  }

  return createRouter()
    .get('/devenir-lieu', (c) => show(c, emptyForm))
    .post('/devenir-lieu', async (c) => {
      const values = valuesOf(await c.req.parseBody({ all: true }))
      const { db } = c.var.context
      const find = communeFinder(await listCommunes(db))
      const themes = await readThemes(c)
      const read = readApplication(values, {
        language: localeOf({ lang: values.language }),
        findCommune: (place) => find({ code: '', ...place }),
        themes: themes.map(({ code }) => code),
        labels: programmes,
      })
      if ('wrong' in read) {
        const { t } = propsOf(c, mode)
        return show(c, {
          values,
          errors: Object.fromEntries(read.wrong.map((field) => [field, t(`apply.wrong.${field}`)])),
        })
      }
      c.var.limit('sign_in_caller', c.var.caller)
      c.var.limit('sign_in_mail', `application ${read.application.contactEmail}`)
      const token = await applyForVenue(c.var.context, read.application, parts)
      setCookie(c, followCookie, token, { ...cookieOptions(publicUrl, '/devenir-lieu'), maxAge: cookieDays * 86_400 })
      return c.redirect('/devenir-lieu/suivi', 303)
    })
    .get('/devenir-lieu/suivi', (c) => follow(c, emptyForm))
    .post('/devenir-lieu/code', async (c) => {
      const values = valuesOf(await c.req.parseBody())
      try {
        c.var.limit('sign_in_caller', c.var.caller)
        await confirmApplication(c.var.context, tokenOf(c), values.code ?? '')
      } catch (error) {
        return follow(c, refusedForm({}, error, { locale: propsOf(c, mode).locale, other: 'code' }))
      }
      return c.redirect('/devenir-lieu/suivi', 303)
    })
    .post('/devenir-lieu/code/renvoi', async (c) => {
      const { contactEmail } = await getFollowed(c.var.context, tokenOf(c))
      c.var.limit('sign_in_mail', `application ${contactEmail}`)
      await renewApplicationCode(c.var.context, tokenOf(c), parts)
      return c.redirect('/devenir-lieu/suivi?fait=code', 303)
    })
}
