import type { Context as HonoContext } from 'hono'
import type { AmendmentAsked } from '../../amendments/amendment.ts'
import { proposeAmendment, withdrawAmendment } from '../../amendments/propose-amendment.ts'
import { signAmendment } from '../../amendments/sign-amendment.ts'
import { signCampaign } from '../../campaigns/sign-campaign.ts'
import type { AppEnv } from '../../shared/context.ts'
import { isDay, isWithinReach } from '../../shared/days.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter, idOf, idPattern } from '../../shared/http.ts'
import { callFunds } from '../../treasury/call-funds.ts'
import { decideOrder } from '../../treasury/decide-order.ts'
import type { OrderAsked } from '../../treasury/money-order.ts'
import { proposeOrder } from '../../treasury/propose-order.ts'
import { changeBalanceShare } from '../../treasury/warn-of-balance.ts'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import { eurosOf, textOf, wholeNumberOf } from '../components/form-values.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { tenantNameOf } from '../tenant-name.ts'
import { AgreementsPage } from './agreements-page.tsx'
import { readAgreements } from './read-agreements.ts'

type Env = HonoContext<AppEnv>
type Values = Record<string, string>
const path = `/financeur/campagnes/:id{${idPattern}}`

function amendmentOf(values: Values): AmendmentAsked & { reason: string } {
  const reason = textOf(values, 'reason')
  const { kind, endsOn = '' } = values
  const isWritten = isDay(endsOn) && isWithinReach(endsOn)
  if (kind === 'top_up')
    return { kind, budgetedBooks: wholeNumberOf(values, 'budgetedBooks', { most: 9_999_999 }), reason }
  if (endsOn !== '' && !isWritten) throw new AppError('invalid', 'end_day_missing', 'A day', { field: 'endsOn' })
  if (kind === 'cancellation') return { kind, endsOn: endsOn === '' ? null : endsOn, reason }
  if (endsOn === '') throw new AppError('invalid', 'end_day_missing', 'A day', { field: 'endsOn' })
  return { kind: 'extension', endsOn, reason }
}

function orderOf(campaignId: string, values: Values): OrderAsked {
  const { toCampaignId = '' } = values
  const funderId = idOf(values.funderId, 'funder')
  const source = values.source === 'expired' ? ('expired' as const) : ('available' as const)
  const about = { reference: textOf(values, 'reference'), reason: textOf(values, 'reason') }
  const money = { ...about, campaignId, funderId, source, amountCents: eurosOf(values, 'amount') }
  return toCampaignId === ''
    ? { ...money, kind: 'refund' }
    : { ...money, kind: 'transfer', toCampaignId: idOf(toCampaignId, 'campaign') }
}

/** Funding calls, amendments, refunds: read by funders and those who serve the scheme, acted on by whom each belongs to. */
export function createAgreementRoutes({ mode }: PageParts) {
  const show = async (c: Env, form: FormState, status = 200) => {
    const { id = '' } = c.req.param()
    const agreements = await readAgreements(c.var.context, id)
    const tenant = await tenantNameOf(c.var.context)
    const page = { ...propsOf(c, mode), agreements, form, tenant }
    const base = `/financeur/campagnes/${id}`
    return draw(c, <AgreementsPage {...page} base={base} today={c.var.context.today()} />, status)
  }
  /** What is refused comes back with what was typed. */
  const act = async (c: Env, run: (values: Values, id: string) => Promise<unknown>) => {
    const values = valuesOf(await c.req.parseBody())
    const { id = '' } = c.req.param()
    try {
      await run(values, id)
    } catch (error) {
      if (!(error instanceof AppError) || (error.kind !== 'invalid' && error.kind !== 'conflict')) throw error
      return show(c, refusedForm(values, error, { locale: propsOf(c, mode).locale, other: 'form' }), 422)
    }
    return c.redirect(`/financeur/campagnes/${id}/accords`, 303)
  }
  return createRouter()
    .get(`${path}/accords`, (c) => show(c, emptyForm))
    .post(`${path}/accords/signature`, (c) => act(c, (_, id) => signCampaign(c.var.context, id)))
    .post(`${path}/accords/appel`, (c) =>
      act(c, (values, id) =>
        callFunds(c.var.context, id, {
          funderId: idOf(values.funderId, 'funder'),
          amountCents: eurosOf(values, 'amount'),
        }),
      ),
    )
    .post(`${path}/accords/avenants`, (c) =>
      act(c, (values, id) => proposeAmendment(c.var.context, id, amendmentOf(values))),
    )
    .post(`${path}/accords/avenants/:amendment{${idPattern}}/signature`, (c) =>
      act(c, () => signAmendment(c.var.context, c.req.param('amendment'))),
    )
    .post(`${path}/accords/avenants/:amendment{${idPattern}}/retrait`, (c) =>
      act(c, () => withdrawAmendment(c.var.context, c.req.param('amendment'))),
    )
    .post(`${path}/accords/ordres`, (c) => act(c, (values, id) => proposeOrder(c.var.context, orderOf(id, values))))
    .post(`${path}/accords/ordres/:order{${idPattern}}`, (c) =>
      act(c, ({ decision }) =>
        decideOrder(c.var.context, c.req.param('order'), { isApproved: decision === 'approve' }),
      ),
    )
    .post(`${path}/accords/seuil`, (c) =>
      act(c, (values, id) => changeBalanceShare(c.var.context, id, wholeNumberOf(values, 'percent', { most: 100 }))),
    )
}
