import type { Child } from 'hono/jsx'
import { nationalServices } from '../../catalogue/national-services.ts'
import { dayOf } from '../../shared/days.ts'
import type { PlaceRow } from '../../territories/place-queries.ts'
import type { FinderQuery, Found } from '../../venues/find-venues.ts'
import { radii } from '../../venues/find-venues.ts'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { hrefWith, type PageProps } from '../page-props.tsx'
import { kindKey, Venue } from './found-venue.tsx'
import { type CommuneCount, VenueCommunes } from './venue-communes.tsx'
import { VenueMap } from './venue-map.tsx'

type WhereProps = PageProps & {
  query: FinderQuery
  found: Found | undefined
  /** Other communes that may be meant. */
  like: readonly PlaceRow[]
  /** Communes with venues: what is shown before anything is asked, and when nothing is found. */
  communes: readonly CommuneCount[]
  page: number
  /** All of them on one page, to be printed. */
  isWhole: boolean
  /** Only venues that offer it. */
  service?: { code: string; title: string } | undefined
}

const [perPage, onWholePage] = [10, 60]
/** Which venues are near, when they are open and what they do. Opened by the code on the cover of a book. */
export function WherePage({ query, found, like, communes, page: number, isWhole, service, ...page }: WhereProps) {
  const { t } = page
  const others = <OtherPlaces {...page} places={like} first={found?.place} />
  return (
    <Layout {...page} title={t('nav.where')} lede={t('where.lede')}>
      <FinderForm t={t} query={query} communes={communes} service={service} />
      {found && <Results {...page} {...{ query, found, others, isWhole }} number={isWhole ? 1 : number} />}
      {!found && query.place !== '' && (
        <div class="notices" role="status">
          <Notice title={t('where.unknown', { place: query.place })} tone="wait">
            <p>{t('where.unknown.next')}</p>
            {others}
          </Notice>
        </div>
      )}
      {(!found || found.venues.length === 0) && <VenueCommunes {...page} communes={communes} />}
      <p class="help-line">{t('where.help')}</p>
    </Layout>
  )
}

/** Where several communes have one name, each says its postcode. */
function OtherPlaces({
  t,
  here,
  places,
  first,
}: PageProps & { places: readonly PlaceRow[]; first?: PlaceRow | undefined }) {
  if (places.length === 0) return null
  const names = [...places, ...(first ? [first] : [])].map(({ name }) => name)
  return (
    <p class="small soft no-print others">
      {t('where.others')}{' '}
      {places.map(({ name, postalCodes }) => {
        const exact = `${name} (${postalCodes[0]})`
        const isOne = names.filter((other) => other === name).length === 1
        return <a href={hrefWith(here, { commune: exact, page: '' })}>{isOne ? name : exact}</a>
      })}
    </p>
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
            {nationalServices.map((kind) => (
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

type ResultsProps = PageProps & { query: FinderQuery; found: Found; others: Child; number: number; isWhole: boolean }

function Results({ query, found, others, number, isWhole, ...page }: ResultsProps) {
  const { t, formats, here, now } = page
  const { venues, place } = found
  const size = isWhole ? onWholePage : perPage
  const first = (number - 1) * size
  const shown = venues.slice(first, first + size)
  const count = formats.number(venues.length)
  const key = venues.length === 0 ? 'where.none' : venues.length === 1 ? 'where.one' : 'where.count'
  const wider = radii.find((radius) => radius > query.radius)
  const isOneOfSeveral = found.others.some(({ name }) => name === place.name)
  const name = isOneOfSeveral ? `${place.name} (${place.postalCodes[0]})` : place.name
  return (
    <div class={venues.length > 0 ? 'finder' : undefined}>
      <div>
        <div class="list-head">
          <div role="status">
            <h2>{t(key, { count, radius: query.radius, place: name })}</h2>
          </div>
          <p class="small soft">{capital(`${formats.weekdayAndDay(dayOf(now))}, ${formats.time(now)}`)}</p>
        </div>
        {others}
        {venues.length > 0 && place.centre?.isApproximate && <p class="small soft others">{t('where.approximate')}</p>}
        <ol start={first + 1}>
          {shown.map((venue, at) => (
            <Venue {...page} venue={venue} number={first + at + 1} />
          ))}
        </ol>
        <p class="under no-print">
          {number > 1 && <a href={hrefWith(here, { page: number - 1 })}>{t('list.previous')}</a>}
          {first + size < venues.length && (
            <a href={hrefWith(here, { page: number + 1 })}>
              {t('where.more', { count: formats.number(Math.min(size, venues.length - first - size)) })}
            </a>
          )}
          {wider && <a href={hrefWith(here, { rayon: wider, page: '' })}>{t('where.wider', { radius: wider })}</a>}
          {!isWhole && venues.length > perPage && (
            <a href={hrefWith(here, { tout: 1, page: '' })}>
              {t('where.whole', { count: formats.number(Math.min(onWholePage, venues.length)) })}
            </a>
          )}
        </p>
        {venues.length > 0 && <p class="small soft">{t('where.privacy')}</p>}
      </div>
      {venues.length > 0 && (
        <VenueMap t={t} formats={formats} found={found} shown={shown} first={first + 1} radius={query.radius} />
      )}
    </div>
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
