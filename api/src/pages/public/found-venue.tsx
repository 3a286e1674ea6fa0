import { nationalServices } from '../../catalogue/national-services.ts'
import type { MessageKey } from '../../shared/messages.ts'
import type { FoundVenue } from '../../venues/find-venues.ts'
import { openStateAt } from '../../venues/opening-hours.ts'
import type { PageProps } from '../page-props.tsx'
import { openStateText, parisMoment, weekText } from './hours-text.ts'

/** A service of the national standard in easy words; undefined for what is none of them. */
export const kindKey = (kind: string): MessageKey | undefined => {
  const at = nationalServices.indexOf(kind)
  return at < 0 ? undefined : (`where.kind.${at + 1}` as MessageKey)
}

/** One venue of the list: when it is open, where it is, how to reach it and what it does. */
export function Venue({ t, locale, formats, now, venue, number }: PageProps & { venue: FoundVenue; number: number }) {
  const { name, week, openingHours, address, commune, postalCode, telephone, kilometres, organisation } = venue
  const state = week && openStateAt(week, parisMoment(now))
  const site = /^https?:\/\/[^|\s]+/.exec(venue.website)?.[0]
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
        {(telephone || site) && (
          <p class="ways">
            {telephone && <a href={`tel:${telephone}`}>{phoneText(telephone)}</a>}
            {site && (
              <a class="no-print" href={site} rel="noreferrer" aria-label={t('where.site.of', { name })}>
                {t('where.site')}
              </a>
            )}
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

/** `+33545931158` is `05 45 93 11 58`. */
const phoneText = (number: string) =>
  number
    .replace(/^\+33/, '0')
    .replace(/(\d{2})(?=\d)/g, '$1\u00a0')
    .trim()
