/** Choose the service: favourites and recents first, then 12 themes; never a list of 129. */
import type { ComponentChildren } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import { Bar, Notices, Tabs } from '../parts/frame.tsx'
import { Icon, type IconName, themeIcon } from '../parts/icons.tsx'
import { isLive } from '../queue/scan.ts'
import { t, tCount, weekday } from '../say.ts'
import { chooseService } from '../scan-voucher.ts'
import { go, replaceScreen } from '../screen.ts'
import { bundle, catalogue, prefer, scans, settings, today, venue } from '../state.ts'

type Service = { code: string; title: string; theme?: string }

export function pick(code: string): void {
  chooseService(code)
  go({ name: 'camera' })
}

const offered = (): Service[] => venue.value?.services ?? []
export const titleOf = (code: string): string => offered().find((service) => service.code === code)?.title ?? code

function detail({ code }: Service): string {
  const minutes = catalogue.value?.services.find((service) => service.code === code)?.durationMinutes
  if (!minutes) return code
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  const text = hours === 0 ? `${rest} min` : `${hours}\u00a0h${rest === 0 ? '' : `\u00a0${rest}`}`
  return `${code} · ${text}`
}

/** With a star beside it where services are looked for. */
export function Pick({
  service,
  icon,
  says,
  hasStar = false,
}: {
  service: Service
  icon: IconName
  says?: ComponentChildren
  hasStar?: boolean
}) {
  const { favourites } = settings.value
  const isFavourite = favourites.includes(service.code)
  const toggle = () =>
    prefer({
      favourites: isFavourite ? favourites.filter((code) => code !== service.code) : [...favourites, service.code],
    })
  return (
    <li class="pick-row">
      <button class="pick" type="button" onClick={() => pick(service.code)}>
        <span class={icon === 'star' ? 'pick-icon fav' : 'pick-icon'}>
          <Icon name={icon} />
        </span>
        <span class="pick-text">
          {service.title}
          <small>{says ?? detail(service)}</small>
        </span>
        {!hasStar && <Icon name="next" />}
      </button>
      {hasStar && (
        <button
          class="star"
          type="button"
          aria-pressed={isFavourite}
          aria-label={t(`scanner.service.favourite.${isFavourite ? 'remove' : 'add'}`, { title: service.title })}
          onClick={() => void toggle()}
        >
          <Icon name="star" />
        </button>
      )}
    </li>
  )
}

function Recents() {
  const recents = settings.value.recents.filter(
    ({ code }) => offered().some((service) => service.code === code) && !settings.value.favourites.includes(code),
  )
  if (recents.length === 0) return null
  return (
    <>
      <h2 class="group-title">{t('scanner.service.recents')}</h2>
      <ul class="picks">
        {recents.slice(0, 3).map(({ code, day }) => {
          const count = scans.value.filter((scan) => scan.service === code && scan.day === day && isLive(scan)).length
          const when = day === today() ? t('scanner.tab.today').toLowerCase() : weekday(day)
          const says = count > 0 ? tCount('scanner.service.recent_use', count, { code, day: when }) : code
          return <Pick key={code} service={{ code, title: titleOf(code) }} icon="clock" says={says} />
        })}
      </ul>
    </>
  )
}

export function Services() {
  const favourites = offered().filter(({ code }) => settings.value.favourites.includes(code))
  const codes = [...new Set((venue.value?.services ?? []).map(({ theme }) => theme))]
  const places = bundle.value?.content.venues ?? []
  // The venue that was chosen is no longer one of this phone.
  useLayoutEffect(() => {
    if (!venue.value && places.length > 1) replaceScreen({ name: 'venue' })
  }, [venue.value])
  const titles = new Map(catalogue.value?.themes.map(({ code, title }) => [code, title]))
  // Linked a moment ago: the names of the themes are still to come, and a service says more than a letter.
  const titleOfTheme = (code: string) => titles.get(code) ?? offered().find(({ theme }) => theme === code)?.title
  return (
    <div class="screen">
      <Bar hasSettings />
      <main class="page">
        <Notices always />
        {venue.value && !venue.value.isQualified && <p class="error">{t('scanner.venue.not_qualified')}</p>}
        <h1 class="question">{t('scanner.service.question')}</h1>
        {places.length > 1 && (
          <p>
            <button class="text-button" type="button" onClick={() => go({ name: 'venue' })}>
              {t('scanner.venue.change')}
            </button>
          </p>
        )}
        {codes.length === 0 && <p>{t(venue.value ? 'scanner.service.none' : 'scanner.venue.gone')}</p>}
        {favourites.length > 0 && (
          <>
            <h2 class="group-title">{t('scanner.service.favourites')}</h2>
            <ul class="picks">
              {favourites.map((service) => (
                <Pick key={service.code} service={service} icon="star" />
              ))}
            </ul>
          </>
        )}
        <Recents />
        <h2 class="group-title">{t('scanner.service.themes')}</h2>
        <ul class="themes">
          {codes.map((code) => (
            <li key={code}>
              <button type="button" onClick={() => go({ name: 'theme', theme: code })}>
                <Icon name={themeIcon(code)} />
                {titleOfTheme(code)}
              </button>
            </li>
          ))}
        </ul>
      </main>
      <div class="dock with-tabs">
        <button class="search" type="button" onClick={() => go({ name: 'search' })}>
          <Icon name="search" />
          {t('scanner.service.search.hint')}
        </button>
        <Tabs />
      </div>
    </div>
  )
}

export function Theme({ theme }: { theme: string }) {
  const title = catalogue.value?.themes.find(({ code }) => code === theme)?.title ?? theme
  return (
    <div class="screen">
      <Bar title={title} hasBack isHeading />
      <main class="page">
        <ul class="picks">
          {(venue.value?.services ?? [])
            .filter((service) => service.theme === theme)
            .map((service) => (
              <Pick key={service.code} service={service} icon={themeIcon(theme)} hasStar />
            ))}
        </ul>
      </main>
    </div>
  )
}
