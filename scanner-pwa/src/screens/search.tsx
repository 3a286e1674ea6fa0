/** Plain-word search, without accents and with the words people use: it works without network. */
import { plainWords, serviceSearch } from '@carnet/api/service-search'
import { useComputed, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Icon, themeIcon } from '../parts/icons.tsx'
import { t, tCount } from '../say.ts'
import { goBack } from '../screen.ts'
import { catalogue, venue } from '../state.ts'
import { Pick } from './services.tsx'

/** The words asked for stand out, whatever their accents. */
function Marked({ text, query }: { text: string; query: string }) {
  const wanted = plainWords(query)
  const isWanted = (word: string) => plainWords(word).some((plain) => wanted.some((one) => plain.startsWith(one)))
  return <>{text.split(/([^\p{L}\p{N}]+)/u).map((part) => (isWanted(part) ? <mark>{part}</mark> : part))}</>
}

export function Search() {
  const query = useSignal('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const index = useComputed(() => {
    const themes = new Map(catalogue.value?.themes.map(({ code, title }) => [code, title]))
    const described = new Map(catalogue.value?.services.map((service) => [service.code, service]))
    const here = venue.value?.services ?? []
    const known = [...described.values(), ...here.filter(({ code }) => !described.has(code))].map((service) => ({
      code: service.code,
      title: service.title,
      theme: service.theme,
      description: described.get(service.code)?.description ?? '',
      themeTitle: themes.get(service.theme) ?? '',
    }))
    return { search: serviceSearch(known), byCode: new Map(known.map((service) => [service.code, service])), here }
  })
  const { search, byCode, here } = index.value
  const found = query.value.trim() === '' ? [] : search(query.value).flatMap((code) => byCode.get(code) ?? [])
  const isHere = ({ code }: { code: string }) => here.some((service) => service.code === code)
  const offered = found.filter(isHere).slice(0, 12)
  const elsewhere = found.filter((service) => !isHere(service)).slice(0, 4)
  const count = offered.length
  const clear = () => {
    if (query.value === '') goBack()
    query.value = ''
  }
  return (
    <div class="screen">
      <search class="bar searching">
        <form class="search" onSubmit={(event) => event.preventDefault()}>
          <Icon name="search" />
          <input
            ref={field}
            type="search"
            aria-label={t('scanner.service.search')}
            placeholder={t('scanner.service.search.hint')}
            enterkeyhint="search"
            value={query.value}
            onInput={(event) => {
              query.value = event.currentTarget.value
            }}
          />
          <button
            type="button"
            aria-label={query.value ? t('scanner.service.clear') : t('scanner.back')}
            onClick={clear}
          >
            <Icon name="clear" />
          </button>
        </form>
      </search>
      <main class="page">
        <h1 class="visually-hidden">{t('scanner.service.search')}</h1>
        <p class="soft" role="status">
          {query.value.trim() !== '' &&
            (count > 0 ? tCount('scanner.service.found', count) : t('scanner.service.found.none'))}
        </p>
        {count > 0 && (
          <ul class="picks" style="margin-top:.5rem">
            {offered.map((service) => (
              <Pick
                key={service.code}
                service={service}
                icon={themeIcon(service.theme)}
                hasStar
                says={<Marked text={service.description || service.code} query={query.value} />}
              />
            ))}
          </ul>
        )}
        {elsewhere.length > 0 && (
          <>
            <h2 class="group-title">{t('scanner.service.not_here')}</h2>
            <ul class="picks">
              {elsewhere.map((service) => (
                <li key={service.code}>
                  <p class="pick" aria-disabled="true">
                    <span class="pick-icon">
                      <Icon name={themeIcon(service.theme)} />
                    </span>
                    <span class="pick-text">
                      {service.title}
                      <small>{t('scanner.service.not_here.next')}</small>
                    </span>
                  </p>
                </li>
              ))}
            </ul>
          </>
        )}
      </main>
    </div>
  )
}
