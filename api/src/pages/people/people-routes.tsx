import type { Context as HonoContext } from 'hono'
import { endMembership, readColleague } from '../../accounts/end-membership.ts'
import { endSessionsOf, readAccountOf, resetPasskeys } from '../../accounts/help-person.ts'
import { countActive, findTenant, listInvitations, listMembers } from '../../accounts/invitation-queries.ts'
import { invitePerson, requireInviter, resendInvitation, withdrawInvitation } from '../../accounts/invite-person.ts'
import { countPhones } from '../../devices/queries.ts'
import type { AppEnv, Context, Role } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter, idOf } from '../../shared/http.ts'
import { localeOf } from '../../shared/messages.ts'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import { onlyFor } from '../page-guard.tsx'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { HelpPage } from './help-page.tsx'
import { LeavePage } from './leave-page.tsx'
import { doings, PeoplePage, peoplePath } from './people-page.tsx'

const inviters = ['coordinator', 'venue_manager', 'funder', 'prescriber'] as const satisfies readonly Role[]

/** Whose people: the own tenant's, or the one that a coordinator names. Throws `not_found`. */
async function readTenant(ctx: Context, named: string | undefined) {
  const id = named === undefined ? ctx.tenant : idOf(named, 'tenant')
  requireInviter(ctx, id)
  if (id === null) return null
  const tenant = await findTenant(ctx.db, id)
  if (!tenant) throw new AppError('not_found', 'tenant_not_found', 'There is no such page')
  return tenant
}

async function readPeople(ctx: Context, named: string | undefined) {
  const tenant = await readTenant(ctx, named)
  const id = tenant?.id ?? null
  const [members, invitations, phones] = await Promise.all([
    listMembers(ctx.db, id),
    listInvitations(ctx.db, id),
    id === null ? 0 : countPhones(ctx.db, id),
  ])
  return { tenant, members, invitations, phones, today: ctx.today() }
}

/** The people of every tenant. */
export function createPeopleRoutes(parts: PageParts) {
  const { mode } = parts
  const routes = createRouter()
  for (const path of ['/equipe', '/equipe/*']) routes.use(path, onlyFor(inviters, parts))

  async function show(c: HonoContext<AppEnv>, named: string | undefined, form: FormState = emptyForm) {
    const done = doings.find((known) => known === c.req.query('fait'))
    const view = await readPeople(c.var.context, named)
    const status = form === emptyForm ? 200 : 422
    return draw(c, <PeoplePage {...propsOf(c, mode)} view={view} form={form} done={done} />, status)
  }

  async function invite(c: HonoContext<AppEnv>, named: string | undefined) {
    const values = valuesOf(await c.req.parseBody({ all: true }))
    const tenant = await readTenant(c.var.context, named)
    const { name = '', email = '', role, validUntil, language } = values
    const { person, locale } = propsOf(c, mode)
    try {
      if (name.length < 2) throw new AppError('invalid', 'name_missing', 'name: first and last name', { field: 'name' })
      const given =
        tenant === null ? { role: (role || undefined) as Role | undefined, validUntil: validUntil || undefined } : {}
      const wanted = {
        name: name.slice(0, 120),
        email,
        language: localeOf({ lang: language }),
        tenantId: tenant?.id ?? null,
      }
      await invitePerson(c.var.context, { ...wanted, ...given })
    } catch (error) {
      return show(c, named, refusedForm(values, error, { locale, other: 'email' }))
    }
    return c.redirect(`${peoplePath(tenant, person)}?fait=sent`, 303)
  }

  const backTo = async (c: HonoContext<AppEnv>, tenantId: string | null, done: string) => {
    const tenant = tenantId === null ? null : ((await findTenant(c.var.context.db, tenantId)) ?? null)
    return c.redirect(`${peoplePath(tenant, propsOf(c, mode).person)}?fait=${done}`, 303)
  }

  return routes
    .get('/equipe', (c) => show(c, undefined))
    .post('/equipe', (c) => invite(c, undefined))
    .post('/equipe/invitations/:id/renvoi', async (c) => {
      const { tenantId } = await resendInvitation(c.var.context, idOf(c.req.param('id'), 'invitation'))
      return backTo(c, tenantId, 'sent')
    })
    .post('/equipe/invitations/:id/retrait', async (c) => {
      const { tenantId } = await withdrawInvitation(c.var.context, idOf(c.req.param('id'), 'invitation'))
      return backTo(c, tenantId, '')
    })
    .get('/equipe/acces/:id', async (c) => {
      const { db, today } = c.var.context
      const member = await readColleague(c.var.context, idOf(c.req.param('id'), 'membership'))
      const tenant = await readTenant(c.var.context, member.tenantId ?? undefined)
      const others = (await countActive(db, member.tenantId, member.role, today())) - 1
      const phones = tenant ? await countPhones(db, tenant.id) : 0
      return draw(c, <LeavePage {...propsOf(c, mode)} {...{ member, tenant, others, phones }} />)
    })
    .post('/equipe/acces/:id', async (c) => {
      const { actor } = c.var.context
      const { id, tenantId } = await endMembership(c.var.context, idOf(c.req.param('id'), 'membership'))
      if (actor.kind === 'person' && actor.membershipId === id) return c.redirect('/', 303)
      return backTo(c, tenantId, 'closed')
    })
    .get('/equipe/compte/:id', async (c) => {
      const account = await readAccountOf(c.var.context, idOf(c.req.param('id'), 'membership'))
      const tenant = await readTenant(c.var.context, account.member.tenantId ?? undefined)
      return draw(c, <HelpPage {...propsOf(c, mode)} account={account} tenant={tenant} />)
    })
    .post('/equipe/compte/:id/cles', async (c) => {
      const { tenantId } = await resetPasskeys(c.var.context, idOf(c.req.param('id'), 'membership'))
      return backTo(c, tenantId, 'reset')
    })
    .post('/equipe/compte/:id/sessions', async (c) => {
      const { tenantId } = await endSessionsOf(c.var.context, idOf(c.req.param('id'), 'membership'))
      return backTo(c, tenantId, 'signed_out')
    })
    .get('/equipe/:tenant', (c) => show(c, c.req.param('tenant')))
    .post('/equipe/:tenant', (c) => invite(c, c.req.param('tenant')))
}
