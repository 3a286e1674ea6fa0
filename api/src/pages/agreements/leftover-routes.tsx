import type { Context as HonoContext } from 'hono'
import { readRanges, writeRanges } from '../../books/cover-ranges.ts'
import { getCampaign } from '../../campaigns/queries.ts'
import { declareLeftovers } from '../../endings/declare-leftovers.ts'
import { listLeftovers } from '../../endings/queries.ts'
import { getPrescriber } from '../../prescribers/queries.ts'
import { type AppEnv, requireRole } from '../../shared/context.ts'
import { createRouter, idPattern } from '../../shared/http.ts'
import { emptyForm, type FormState, TextField } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import { Section } from '../components/page-head.tsx'
import { Layout } from '../layout.tsx'
import type { PageParts } from '../page-parts.ts'
import { draw, type PageProps, propsOf } from '../page-props.tsx'

type Env = HonoContext<AppEnv>
type Props = PageProps & {
  form: FormState
  campaign: { id: string; name: string; endsOn: string }
  tenant: string
  said?: string
}

const LeftoverPage = ({ form, campaign, tenant, said, ...page }: Props) => (
  <Layout
    {...page}
    title={page.t('prescriber.ending')}
    audience="prescriber"
    tenant={tenant}
    lede={page.t('prescriber.ending.says', { campaign: campaign.name, day: page.formats.day(campaign.endsOn) })}
    crumbs={[{ href: '/prescripteur', label: page.t('nav.prescriber') }, { label: page.t('prescriber.ending') }]}
  >
    <Section title={page.t('prescriber.ending.covers')}>
      <form class="form" method="post" action={`/prescripteur/restants/${campaign.id}`}>
        {said && <p role="status">{said}</p>}
        <TextField
          name="covers"
          label={page.t('prescriber.ending.covers')}
          hint={page.t('prescriber.ending.hint')}
          form={form}
          isCode
          isOptional
          maxlength={1000}
        />
        <button class="button button-main" type="submit">
          {page.t('prescriber.ending.declare')}
        </button>
      </form>
    </Section>
  </Layout>
)

/** A prescriber says which covers it still has when a campaign ends. */
export function createLeftoverRoutes({ mode }: PageParts) {
  const show = async (c: Env, form: FormState, status = 200) => {
    const { db, actor } = c.var.context
    const prescriberId = requireRole(actor, 'prescriber').tenantId!
    const campaign = await getCampaign(db, c.req.param('id')!)
    const page = propsOf(c, mode)
    const own = (await listLeftovers(db, campaign)).find((one) => one.prescriberId === prescriberId)
    const covers = own && (writeRanges(own.ranges) || page.t('ending.covers.none'))
    const said = own && page.t('prescriber.ending.declared', { day: page.formats.day(own.declaredOn), covers: covers! })
    const tenant = (await getPrescriber(db, prescriberId)).name
    return draw(
      c,
      <LeftoverPage {...page} form={form} campaign={campaign} tenant={tenant} {...(said && { said })} />,
      status,
    )
  }
  return createRouter()
    .get(`/prescripteur/restants/:id{${idPattern}}`, (c) => show(c, emptyForm))
    .post(`/prescripteur/restants/:id{${idPattern}}`, async (c) => {
      const prescriberId = requireRole(c.var.context.actor, 'prescriber').tenantId!
      const values = valuesOf(await c.req.parseBody())
      try {
        const covers = readRanges(values.covers ?? '')
        await declareLeftovers(c.var.context, { campaignId: c.req.param('id'), prescriberId, covers })
      } catch (error) {
        return show(c, refusedForm(values, error, { locale: propsOf(c, mode).locale, other: 'covers' }), 422)
      }
      return c.redirect(`/prescripteur/restants/${c.req.param('id')}`, 303)
    })
}
