/** In a demo this browser becomes the phone of a venue that is chosen from all of them. */
import { plainWords } from '@carnet/api/service-search'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { startLinking } from '../link-phone.ts'
import { Bar } from '../parts/frame.tsx'
import { Places } from '../parts/places.tsx'
import { askDemo, type DemoVenue } from '../phone/server.ts'
import { t } from '../say.ts'
import { go } from '../screen.ts'

export function DemoChoice() {
  const venues = useSignal<DemoVenue[] | null>(null)
  const query = useSignal('')
  const trouble = useSignal<string | null>(null)
  useEffect(() => {
    askDemo().then(
      (demo) => {
        venues.value = demo.venues
      },
      () => {
        trouble.value = t('scanner.demo.off')
      },
    )
  }, [])
  const wanted = plainWords(query.value)
  const places = (venues.value ?? []).filter(({ name }) => {
    const words = plainWords(name)
    return wanted.every((word) => words.some((known) => known.startsWith(word)))
  })
  const choose = async (id: string) => {
    trouble.value = await startLinking(venues.value!.find((place) => place.id === id)!.enrolmentToken)
  }
  return (
    <div class="screen">
      <Bar title="Carnet" />
      <main class="page stack">
        <div>
          <h1 class="question">{t('scanner.demo.title')}</h1>
          <p class="soft">{t('scanner.demo.lead')}</p>
        </div>
        <p role="alert" class="error">
          {trouble.value}
        </p>
        {venues.value && (
          <>
            <label class="field">
              {t('scanner.demo.search')}
              <input
                type="search"
                value={query.value}
                onInput={(event) => {
                  query.value = event.currentTarget.value
                }}
              />
            </label>
            {places.length === 0 && <p role="status">{t('scanner.demo.none')}</p>}
            <Places places={places} onPick={(id) => void choose(id)} />
          </>
        )}
        <button class="text-button" type="button" onClick={() => go({ name: 'welcome' })}>
          {t('scanner.enrol.title')}
        </button>
      </main>
    </div>
  )
}
