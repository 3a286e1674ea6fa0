import type { Application } from '../../venues/application.ts'
import type { ApplicationRow, findLikeness } from '../../venues/application-queries.ts'
import { readOpeningHours } from '../../venues/opening-hours.ts'
import { type Column, DataTable } from '../components/data-table.tsx'
import { FormErrors, type FormState } from '../components/form.tsx'
import { arrange, type ListQuery } from '../components/list-query.ts'
import { Section } from '../components/page-head.tsx'
import { EmptyState, Notice, Tag, type Tone } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { weekText } from '../public/hours-text.ts'

type State = ApplicationRow['state']
const tones: Record<State, Tone> = {
  unconfirmed: 'plain',
  waiting: 'run',
  accepted: 'done',
  refused: 'stop',
  forgotten: 'plain',
}
const shownStates = ['waiting', 'accepted', 'refused', 'forgotten'] as const

type ListProps = PageProps & { rows: readonly ApplicationRow[]; query: ListQuery }

/** Structures that applied, those that wait first. */
export function ApplicationsPage(props: ListProps) {
  const { t, formats, here, rows, query } = props
  const columns: Column<ApplicationRow>[] = [
    {
      key: 'name',
      label: t('apply.venue_name'),
      sortBy: ({ venueName }) => venueName,
      cell: ({ id, venueName, legalName }) => [
        <a href={`/coordination/candidatures/${id}`}>{venueName}</a>,
        <small>{legalName}</small>,
      ],
    },
    {
      key: 'commune',
      label: t('apply.commune'),
      sortBy: ({ commune }) => commune,
      cell: ({ commune, postalCode }) => [commune, <small>{postalCode}</small>],
    },
    {
      key: 'since',
      label: t('waiting.since'),
      sortBy: ({ confirmedOn }) => confirmedOn ?? '',
      cell: ({ confirmedOn }) => (confirmedOn ? formats.day(confirmedOn) : '–'),
    },
    {
      key: 'state',
      label: t('people.state'),
      sortBy: ({ state }) => state,
      cell: ({ state, decidedOn }) => [
        <Tag tone={tones[state]}>{t(`application.${state}`)}</Tag>,
        decidedOn && <small>{formats.day(decidedOn)}</small>,
      ],
    },
  ]
  const list = arrange(rows, query, {
    columns,
    perPage: 25,
    textOf: ({ venueName, legalName, commune, postalCode }) => `${venueName} ${legalName} ${commune} ${postalCode}`,
    filters: { etat: ({ state }, wanted) => state === wanted },
  })
  const title = t('applications.title')
  return (
    <Layout {...props} title={title} audience="coordinator" lede={t('applications.lede')}>
      {rows.length === 0 ? (
        <EmptyState title={t('applications.none')}>{t('applications.none.says')}</EmptyState>
      ) : (
        <Section title={title} isWide>
          <DataTable
            {...{ t, formats, here, columns, list, query }}
            searchLabel={t('venues.search')}
            countSays={t('applications.count', { count: formats.number(list.total) })}
            filters={[
              {
                name: 'etat',
                label: t('people.state'),
                options: shownStates.map((value) => ({ value, label: t(`application.${value}`) })),
              },
            ]}
            csvHref="/coordination/candidatures.csv"
          />
        </Section>
      )}
    </Layout>
  )
}

type Likeness = Awaited<ReturnType<typeof findLikeness>>
type OneProps = PageProps & {
  application: Application
  commune: string
  likeness: Likeness
  form: FormState
  themes: string
}

/** One application: what was said, what looks like it, and the decision. */
export function ApplicationPage({ application, commune, likeness, form, themes, ...page }: OneProps) {
  const { t, formats, person } = page
  const { id, state, venueName, decidedOn } = application
  const week = application.openingHours && readOpeningHours(application.openingHours)
  const facts: [string, string][] = [
    [t('apply.legal_name'), application.legalName],
    ['SIRET', application.siret],
    [t('apply.address'), `${application.address}, ${application.postalCode} ${commune}`],
    [t('apply.themes'), themes],
    [t('apply.hours'), week ? weekText(week, page.locale, t) : '–'],
    [t('apply.labels'), application.labels.join(', ') || '–'],
    [
      t('applications.contact'),
      [application.contactName, application.contactEmail].filter(Boolean).join(', ') || t('apply.forgotten'),
    ],
  ]
  const crumbs = [{ href: '/coordination/candidatures', label: t('applications.title') }, { label: venueName }]
  const decided = decidedOn ? `, ${formats.day(decidedOn)}` : ''
  return (
    <Layout
      {...page}
      title={venueName}
      audience="coordinator"
      crumbs={crumbs}
      facts={<Tag tone={tones[state]}>{t(`application.${state}`) + decided}</Tag>}
    >
      <Section title={t('applications.said')}>
        <dl class="facts-list">
          {facts.map(([label, value]) => (
            <div>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title={t('applications.like')} says={t('applications.like.says')}>
        <Likenesses {...page} likeness={likeness} />
      </Section>
      {state === 'waiting' && person?.role === 'coordinator' && (
        <Section title={t('applications.decide')} id="decider">
          <div class="stack">
            <FormErrors t={t} form={form} labels={{ reason: 'applications.reason' }} />
            <form class="form" method="post" action={`/coordination/candidatures/${id}/acceptation`}>
              <p>{t(likeness.members > 0 ? 'applications.accept.joins' : 'applications.accept.says')}</p>
              <button class="button button-main" type="submit">
                {t('applications.accept')}
              </button>
            </form>
            <form class="form" method="post" action={`/coordination/candidatures/${id}/refus`} novalidate>
              <div class="field">
                <label for="reason">{t('applications.reason')}</label>
                <textarea
                  id="reason"
                  name="reason"
                  rows={3}
                  maxlength={1000}
                  aria-invalid={form.errors.reason ? 'true' : undefined}
                >
                  {form.values.reason}
                </textarea>
                {form.errors.reason && <p class="error small">{form.errors.reason}</p>}
              </div>
              <button class="button" type="submit">
                {t('applications.refuse')}
              </button>
            </form>
          </div>
        </Section>
      )}
      {application.reason && <Notice title={t('apply.refused')}>{application.reason}</Notice>}
    </Layout>
  )
}

function Likenesses({
  t,
  formats,
  likeness: { organisation, members, places, others },
}: PageProps & { likeness: Likeness }) {
  if (!organisation && places.length === 0 && others.length === 0)
    return <p class="soft">{t('applications.like.none')}</p>
  return (
    <div class="stack">
      {organisation && (
        <Notice title={t('applications.like.siret', { name: organisation.legalName })} tone="wait">
          {t('applications.like.siret.says', { count: formats.number(members) })}
        </Notice>
      )}
      {places.length > 0 && (
        <ul>
          {places.map(({ name, address }) => (
            <li>{`${name}, ${address}`}</li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <ul>
          {others.map(({ id, venueName }) => (
            <li>
              <a href={`/coordination/candidatures/${id}`}>{t('applications.like.other', { name: venueName })}</a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
