import { dayOf } from '../../shared/days.ts'
import type { MessageKey } from '../../shared/messages.ts'
import type { FinderQuery, Found, FoundVenue } from '../../venues/find-venues.ts'
import { radii } from '../../venues/find-venues.ts'
import { openStateAt } from '../../venues/opening-hours.ts'
import { Layout } from '../layout.tsx'
import { hrefWith, type PageProps } from '../page-props.tsx'
import { openStateText, parisMoment, weekText } from './hours-text.ts'
import { type CommuneCount, VenueCommunes } from './venue-communes.tsx'
import { VenueMap } from './venue-map.tsx'

type WhereProps = PageProps & {
  query: FinderQuery
  found: Found | undefined
  /** Communes with venues: what is shown before anything is asked, and when nothing is found. */
  communes: readonly CommuneCount[]
  page: number
  /** Only venues that offer it. */
  service?: { code: string; title: string } | undefined
}

const perPage = 10
export const kinds = [
  'Aide aux démarches administratives',
  'Maîtrise des outils numériques du quotidien',
  'Insertion professionnelle via le numérique',
  'Utilisation sécurisée du numérique',
  'Parentalité et éducation avec le numérique',
  'Loisirs et créations numériques',
  'Compréhension du monde numérique',
  'Accès internet et matériel informatique',
] as const
const kindKey = (kind: string): MessageKey | undefined => {
  const at = (kinds as readonly string[]).indexOf(kind)
  return at < 0 ? undefined : (`where.kind.${at + 1}` as MessageKey)
}

/** Which venues are near, when they are open and what they do. Opened by the code on the cover of a book. */
export function WherePage({ query, found, communes, page: number, service, ...page }: WhereProps) {
  const { t } = page
  return (
    <Layout {...page} title={t('nav.where')} lede={t('where.lede')}>
      <FinderForm t={t} query={query} communes={communes} service={service} />
      {found ? (
        <Results {...page} query={query} found={found} number={number} />
      ) : (
        <VenueCommunes {...page} communes={communes} asked={query.place} />
      )}
    </Layout>
  )
}

function FinderForm({ t, query, communes, service }: Pick<WhereProps, 't' | 'query' | 'communes' | 'service'>) {
  const moments = ['today', 'evening', 'saturday'] as const
  return (
    <search>
      <form class="filters" action="/ou">
        <div class="field grow">
          <label for="place">{t('where.place')}</label>
          <input
            id="place"
            name="commune"
            value={query.place}
            autocomplete="postal-code"
            list="places"
            maxlength={80}
          />
          <datalist id="places">
            {communes.slice(0, 60).map(({ commune, postalCode }) => (
              <option value={`${commune} (${postalCode})`} />
            ))}
          </datalist>
        </div>
        <div class="field">
          <label for="kind">{t('where.kind')}</label>
          <select id="kind" name="besoin">
            <option value="">{t('where.kind.all')}</option>
            {kinds.map((kind) => (
              <option value={kind} selected={query.kind === kind}>
                {t(kindKey(kind)!)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="when">{t('where.when')}</label>
          <select id="when" name="ouvert">
            <option value="">{t('where.when.any')}</option>
            {moments.map((when) => (
              <option value={when} selected={query.when === when}>
                {t(`where.when.${when}`)}
              </option>
            ))}
          </select>
        </div>
        <button class="button button-main" type="submit">
          {t('where.search')}
        </button>
        {service && <input type="hidden" name="service" value={service.code} />}
      </form>
      {service && (
        <p>
          {t('choice.where.only', { title: service.title })} <a href="/ou">{t('choice.where.all')}</a>
        </p>
      )}
    </search>
  )
}

type ResultsProps = PageProps & { query: FinderQuery; found: Found; number: number }

function Results({ query, found, number, ...page }: ResultsProps) {
  const { t, formats, here, now } = page
  const { venues, place, others } = found
  const shown = venues.slice((number - 1) * perPage, number * perPage)
  const count = formats.number(venues.length)
  const key = venues.length === 0 ? 'where.none' : venues.length === 1 ? 'where.one' : 'where.count'
  const wider = radii.find((radius) => radius > query.radius)
  return (
    <div class="finder">
      <div>
        <div class="list-head">
          <h2 role="status">{t(key, { count, radius: query.radius, place: place.name })}</h2>
          <p class="small soft">{capital(`${formats.weekdayAndDay(dayOf(now))}, ${formats.time(now)}`)}</p>
        </div>
        {others.length > 0 && (
          <p class="small soft no-print others">
            {t('where.others')}{' '}
            {others.map(({ name, postalCodes }) => (
              <a href={hrefWith(here, { commune: `${name} (${postalCodes[0]})`, page: '' })}>{name}</a>
            ))}
          </p>
        )}
        {place.centre?.isApproximate && <p class="small soft others">{t('where.approximate')}</p>}
        <ol start={(number - 1) * perPage + 1}>
          {shown.map((venue, at) => (
            <Venue {...page} venue={venue} number={(number - 1) * perPage + at + 1} />
          ))}
        </ol>
        <p class="under no-print">
          {number > 1 && <a href={hrefWith(here, { page: number - 1 })}>{t('list.previous')}</a>}
          {number * perPage < venues.length && (
            <a href={hrefWith(here, { page: number + 1 })}>
              {t('where.more', { count: formats.number(Math.min(perPage, venues.length - number * perPage)) })}
            </a>
          )}
          {wider && <a href={hrefWith(here, { rayon: wider, page: '' })}>{t('where.wider', { radius: wider })}</a>}
        </p>
        <p class="small soft">{t('where.privacy')}</p>
      </div>
      <VenueMap
        t={t}
        formats={formats}
        found={found}
        shown={shown}
        first={(number - 1) * perPage + 1}
        radius={query.radius}
      />
    </div>
  )
}

function Venue({ t, locale, formats, now, venue, number }: PageProps & { venue: FoundVenue; number: number }) {
  const { name, week, openingHours, address, commune, postalCode, telephone, kilometres, organisation } = venue
  const state = week && openStateAt(week, parisMoment(now))
  const works = venue.kinds.split('|').filter(Boolean)
  const workText = (kind: string, at: number) => {
    const key = kindKey(kind)
    const text = key ? t(key) : kind
    return at === 0 ? text : text.charAt(0).toLowerCase() + text.slice(1)
  }
  return (
    <li class="venue">
      <span class="pin" aria-hidden="true">
        {number}
      </span>
      <div>
        <h3>{name}</h3>
        {state && <p class={`no-print ${state.isOpen ? 'open' : 'shut'}`}>{openStateText(state, locale, t)}</p>}
        <p class="hours">
          {week ? weekText(week, locale, t) : (openingHours ?? t(telephone ? 'where.no_hours.call' : 'where.no_hours'))}
        </p>
        <p>{`${address}, ${postalCode} ${commune}`}</p>
        {telephone && (
          <p>
            <a href={`tel:${telephone}`}>{phoneText(telephone)}</a>
          </p>
        )}
        <p>
          {works.map(workText).join(', ')}
          {organisation !== name && <span class="soft">{`. ${organisation}.`}</span>}
        </p>
      </div>
      <p class="far">
        {kilometres !== undefined &&
          `${venue.point?.isApproximate ? '≈\u00a0' : ''}${formats.decimal(kilometres)}\u00a0km`}
      </p>
    </li>
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** `+33545931158` is `05 45 93 11 58`. */
const phoneText = (number: string) =>
  number
    .replace(/^\+33/, '0')
    .replace(/(\d{2})(?=\d)/g, '$1\u00a0')
    .trim()
