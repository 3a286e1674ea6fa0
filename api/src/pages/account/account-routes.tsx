import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import { createApiToken, revokeApiToken } from '../../accounts/api-token.ts'
import { changeAccount, dropPasskey, namePasskey } from '../../accounts/change-account.ts'
import { findTenant } from '../../accounts/invitation-queries.ts'
import { getPerson, listPasskeys } from '../../accounts/passkey-queries.ts'
import { hasFreshProof, requireSession } from '../../accounts/proof.ts'
import { listApiTokens } from '../../accounts/queries.ts'
import { safeReturnPath } from '../../accounts/return-path.ts'
import { changeMembership, endSessions } from '../../accounts/session.ts'
import { listCurrentMemberships, listSessions } from '../../accounts/session-queries.ts'
import { browserOf, forgetSession, keepSession } from '../../accounts/session-routes.ts'
import { type AppEnv, atGate, type Context } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter, DayText, idOf } from '../../shared/http.ts'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import { homeOf } from '../navigation.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { AccountPage, type AccountView } from './account-page.tsx'
import { RolesPage } from './roles-page.tsx'

async function readAccount(ctx: Context): Promise<AccountView> {
  const { personId, membershipId } = requireSession(ctx)
  const { db, now, today } = ctx
  const [me, keys, sessions, tokens, roles] = await Promise.all([
    getPerson(db, personId),
    listPasskeys(db, personId),
    listSessions(db, personId, now()),
    listApiTokens(db, membershipId),
    listCurrentMemberships(db, personId, today()),
  ])
  return { me, keys, sessions, tokens, hasRoles: roles.length > 1, isFresh: hasFreshProof(ctx) }
}

/** The roles of the person who asks, with the names of their tenants, which only the gate may look up. */
async function readRoles(ctx: Context) {
  const { personId } = requireSession(ctx)
  const gate = atGate(ctx)
  const roles = await listCurrentMemberships(gate.db, personId, ctx.today())
  return Promise.all(
    roles.map(async (role) => ({
      ...role,
      tenant: role.tenantId === null ? null : ((await findTenant(gate.db, role.tenantId))?.name ?? null),
    })),
  )
}

const Named = z.object({ name: z.string().trim().min(2).max(120), language: z.enum(['fr', 'en']) })
const KeyName = z.string().trim().min(1).max(60)
const NewToken = z.object({
  label: z.string().trim().min(1).max(100),
  scopes: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(
      z
        .array(z.string().regex(/^(\*|[a-z]+)$/))
        .min(1)
        .max(30),
    ),
  expiresOn: DayText,
})

/** The first field that is wrong is the one that the form comes back to. */
function read<Schema extends z.ZodType>(schema: Schema, values: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(values)
  if (parsed.success) return parsed.data
  const field = String(parsed.error.issues[0]?.path[0] ?? 'name')
  throw new AppError('invalid', 'invalid_request', `${field} is missing or wrong`, { field })
}

/** One's own account: nobody sees or changes another's. A program stays outside. */
export function createAccountRoutes({ mode, publicUrl }: PageParts) {
  type More = { form?: FormState; newToken?: string; status?: number }
  async function show(c: HonoContext<AppEnv>, { form = emptyForm, newToken, status = 200 }: More = {}) {
    const view = await readAccount(c.var.context)
    const isSaved = c.req.query('fait') !== undefined
    return draw(c, <AccountPage {...propsOf(c, mode)} {...{ view, form, isSaved, newToken }} />, status)
  }
  const comeBack = (c: HonoContext, error: unknown, values: Record<string, string>, other: string) =>
    show(c, { form: refusedForm(values, error, { locale: propsOf(c, mode).locale, other }), status: 422 })
  const done = (c: HonoContext) => c.redirect('/compte?fait', 303)

  return createRouter()
    .get('/compte', (c) => show(c))
    .post('/compte', async (c) => {
      const values = valuesOf(await c.req.parseBody())
      try {
        await changeAccount(c.var.context, read(Named, values))
        return done(c)
      } catch (error) {
        return comeBack(c, error, values, 'name')
      }
    })
    .post('/compte/cles/:id/nom', async (c) => {
      await namePasskey(
        c.var.context,
        idOf(c.req.param('id'), 'passkey'),
        read(KeyName, valuesOf(await c.req.parseBody()).name),
      )
      return done(c)
    })
    .post('/compte/cles/:id/retrait', async (c) => {
      await dropPasskey(c.var.context, idOf(c.req.param('id'), 'passkey'))
      return done(c)
    })
    .post('/compte/sessions/:which{(autres|toutes)}', async (c) => {
      const isAll = c.req.param('which') === 'toutes'
      await endSessions(c.var.context, isAll ? 'all' : 'others')
      if (!isAll) return done(c)
      forgetSession(c, publicUrl)
      return c.redirect('/connexion', 303)
    })
    .post('/compte/sessions/:id/fin', async (c) => {
      await endSessions(c.var.context, { id: idOf(c.req.param('id'), 'session') })
      return done(c)
    })
    .post('/compte/jetons', async (c) => {
      const values = valuesOf(await c.req.parseBody())
      try {
        const { token } = await createApiToken(c.var.context, read(NewToken, values))
        return show(c, { newToken: token })
      } catch (error) {
        return comeBack(c, error, values, 'label')
      }
    })
    .post('/compte/jetons/:id/retrait', async (c) => {
      await revokeApiToken(c.var.context, idOf(c.req.param('id'), 'api_token'))
      return done(c)
    })
    .get('/compte/roles', async (c) => {
      const to = safeReturnPath(c.req.query('to'), '')
      return draw(c, <RolesPage {...propsOf(c, mode)} choices={await readRoles(c.var.context)} to={to} />)
    })
    .post('/compte/roles', async (c) => {
      requireSession(c.var.context)
      const { membership, to } = valuesOf(await c.req.parseBody())
      const token = browserOf(c, publicUrl).sessionToken!
      const session = await changeMembership(atGate(c.var.context), token, idOf(membership, 'membership'))
      keepSession(c, publicUrl, session)
      const next = safeReturnPath(to, homeOf(session.role))
      return c.redirect(session.isHalfway ? `/connexion/cle?to=${encodeURIComponent(next)}` : next, 303)
    })
}
