import type { Child } from 'hono/jsx'
import type { Catalogue } from '../../catalogue/read-catalogue.ts'
import type { Territory } from '../../territories/queries.ts'
import type { Surroundings } from '../../territories/surroundings.ts'
import type { StandardRow } from '../../venues/national-standard.ts'
import { readOpeningHours } from '../../venues/opening-hours.ts'
import { type CurrentQualification, decisionsFrom } from '../../venues/qualification.ts'
import type { getOrganisation, getVenue } from '../../venues/queries.ts'
import { FormErrors, type FormState, SelectField, TextField } from '../components/form.tsx'
import { Section } from '../components/page-head.tsx'
import { Notice, Tag } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { ServiceList } from '../offer/service-list.tsx'
import { SurroundingsList } from '../offer/surroundings-list.tsx'
import type { PageProps } from '../page-props.tsx'
import { weekText } from '../public/hours-text.ts'
import { organisationHref } from './organisation-page.tsx'
import { qualificationTones } from './venues-page.tsx'

export const venueHref = (id: string) => `/coordination/lieux/${id}`

type VenueProps = PageProps & {
  venue: Awaited<ReturnType<typeof getVenue>>
  organisation: Awaited<ReturnType<typeof getOrganisation>>
  row: StandardRow
  services: readonly string[] | null
  catalogue: Catalogue
  qualification: CurrentQualification
  territory: Territory | undefined
  about: Surroundings
  form: FormState
  done: string
}

/** One venue: what it says of itself, what it offers, where it stands, and the decision on it. */
export function VenuePage(props: VenueProps) {
  const { t, formats, venue, qualification, services, person, done } = props
  const mayEdit = person?.role === 'coordinator'
  const href = venueHref(venue.id)
  const facts = qualification ? (
    <>
      <Tag tone={qualificationTones[qualification.state]}>{t(`qualification.${qualification.state}`)}</Tag>{' '}
      <span>{t('sheet.since', { day: formats.day(qualification.validFrom) })}</span>
    </>
  ) : (
    <Tag tone="plain">{t('venues.none')}</Tag>
  )
  const tools = mayEdit && (
    <>
      <a class="button button-main" href={`${href}/fiche`}>
        {t('sheet.edit')}
      </a>
      <a class="button" href={`${href}/services`}>
        {t('sheet.services')}
      </a>
    </>
  )
  const crumbs = [{ href: '/coordination/lieux', label: t('venues.title') }, { label: venue.name }]
  return (
    <Layout {...props} title={venue.name} audience="coordinator" crumbs={crumbs} facts={facts} tools={tools}>
      {done === 'decision' && (
        <Notice title={t('sheet.decided')} tone="good" role="status">
          {t('sheet.decided.says')}
        </Notice>
      )}
      {done === 'fiche' && (
        <Notice title={t('sheet.saved')} tone="good" role="status">
          {t('sheet.saved.says')}
        </Notice>
      )}
      <Section title={t('sheet.says')}>
        <Said {...props} />
      </Section>
      <Section
        title={t('sheet.place')}
        says={t(props.isDemo ? 'sheet.place.demo' : 'sheet.place.says')}
        id="territoire"
      >
        <SurroundingsList {...props} />
      </Section>
      <Section title={t('sheet.offers')} says={t('sheet.offers.says')} id="services">
        <ServiceList {...props} codes={services} />
      </Section>
      {mayEdit && <Decision {...props} />}
    </Layout>
  )
}

function Said({ t, locale, person, venue, organisation, row, territory }: VenueProps) {
  const week = venue.openingHours === null ? null : readOpeningHours(venue.openingHours)
  const lines: [string, Child][] = [
    [
      t('sheet.organisation'),
      <>
        {organisation.legalName}, {organisation.siret ?? t('sheet.no_siret')}{' '}
        {person?.role === 'coordinator' && (
          <a class="no-print" href={organisationHref(organisation.id)}>
            {t('structures.change')}
          </a>
        )}
      </>,
    ],
    [t('sheet.adresse'), `${venue.address}, ${venue.postalCode} ${venue.commune}`],
    [t('apply.commune'), [territory?.epci?.name, territory?.department.name].filter(Boolean).join(', ')],
    [t('apply.hours'), week ? weekText(week, locale, t) : (venue.openingHours ?? '–')],
    [t('sheet.telephone'), row.telephone ?? '–'],
    [t('sheet.courriels'), row.courriels ?? '–'],
    [t('sheet.site_web'), row.site_web ?? '–'],
    [t('sheet.presentation_resume'), row.presentation_resume ?? '–'],
  ]
  return (
    <dl class="facts-list">
      {lines.map(([label, value]) => (
        <div>
          <dt>{label}</dt>
          <dd>{value || '–'}</dd>
        </div>
      ))}
    </dl>
  )
}

function Decision({ t, venue, organisation, qualification, form }: VenueProps) {
  const next = decisionsFrom(qualification)
  return (
    <Section title={t('sheet.decide')} says={t('sheet.decide.says')} id="decider">
      <form class="form no-print" method="post" action={`${venueHref(venue.id)}/qualification`} novalidate>
        {organisation.siret === null && (
          <Notice
            title={t('sheet.decide.no_siret')}
            tone="wait"
            action={
              <a class="button" href={organisationHref(organisation.id)}>
                {t('sheet.decide.complete')}
              </a>
            }
          >
            {t('sheet.decide.no_siret.says')}
          </Notice>
        )}
        <FormErrors t={t} form={form} labels={{ state: 'sheet.decide.next', from: 'sheet.decide.from' }} />
        <SelectField
          name="state"
          label={t('sheet.decide.next')}
          form={form}
          options={next.map((value) => ({ value, label: t(`qualification.${value}`) }))}
        />
        <TextField name="from" label={t('sheet.decide.from')} form={form} type="date" />
        <button class="button button-main" type="submit">
          {t('sheet.decide.do')}
        </button>
      </form>
    </Section>
  )
}
