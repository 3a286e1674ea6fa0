import type { Context as HonoContext } from 'hono'
import { viewCampaign } from '../../campaigns/campaign-view.ts'
import { changeCampaign } from '../../campaigns/change-campaign.ts'
import { readCampaign } from '../../campaigns/read-campaign.ts'
import { readCatalogue } from '../../catalogue/read-catalogue.ts'
import { type AppEnv, requireRole } from '../../shared/context.ts'
import { createRouter, idOf } from '../../shared/http.ts'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import { audienceOf } from '../navigation.ts'
import { type Choice, choiceOf, readChoice } from '../offer/choice-form.ts'
import { ServiceChoice } from '../offer/service-choice.tsx'
import { ServiceList } from '../offer/service-list.tsx'
import { ServicesPage } from '../offer/services-page.tsx'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'

const path = '/financeur/campagnes/:id/services'

/** What a campaign pays: everybody who reads it sees it; the coordinator chooses it, until the terms are fixed. */
export const createCampaignServicesRoutes = ({ mode }: PageParts) => {
  const load = async (c: HonoContext<AppEnv>, id: string) =>
    viewCampaign(c.var.context.db, await readCampaign(c.var.context, idOf(id, 'campaign')))
  type Shown = { campaign: Awaited<ReturnType<typeof load>>; choice: Choice; form: FormState }
  const show = async (c: HonoContext<AppEnv>, { campaign, choice, form }: Shown) => {
    const page = propsOf(c, mode)
    const { t, person } = page
    const home = `/financeur/campagnes/${campaign.id}`
    const title = t('choice.campaign')
    const crumbs = [
      { href: '/financeur', label: t('nav.campaigns') },
      { href: home, label: campaign.name },
      { label: title },
    ]
    const isOpen = person?.role === 'coordinator' && (campaign.state === 'draft' || campaign.state === 'agreed')
    const place = { title, crumbs, lede: campaign.name, audience: audienceOf(person) }
    const says = t(isOpen ? 'choice.campaign.says' : 'choice.campaign.fixed')
    const catalogue = await readCatalogue(c.var.context)
    return draw(
      c,
      <ServicesPage {...page} {...place} says={says} isSaved={c.req.query('fait') === 'services'}>
        {isOpen ? (
          <ServiceChoice {...page} {...{ catalogue, choice, form }} action={`${home}/services`} />
        ) : (
          <ServiceList {...page} catalogue={catalogue} codes={campaign.services} />
        )}
      </ServicesPage>,
      form === emptyForm ? 200 : 422,
    )
  }
  return createRouter()
    .get(path, async (c) => {
      const campaign = await load(c, c.req.param('id'))
      return show(c, { campaign, choice: choiceOf(campaign.services), form: emptyForm })
    })
    .post(path, async (c) => {
      requireRole(c.var.context.actor, 'coordinator')
      const campaign = await load(c, c.req.param('id'))
      const values = valuesOf(await c.req.parseBody({ all: true }))
      const choice = readChoice(values)
      if (!choice.isSaved) return show(c, { campaign, choice, form: emptyForm })
      const { t, locale } = propsOf(c, mode)
      if (!choice.isAll && choice.codes.length === 0)
        return show(c, { campaign, choice, form: { values, errors: { which: t('choice.none') } } })
      try {
        await changeCampaign(c.var.context, campaign.id, { services: choice.isAll ? null : [...choice.codes] })
      } catch (error) {
        return show(c, { campaign, choice, form: refusedForm(values, error, { locale, other: 'which' }) })
      }
      return c.redirect(`/financeur/campagnes/${campaign.id}/services?fait=services`, 303)
    })
}
