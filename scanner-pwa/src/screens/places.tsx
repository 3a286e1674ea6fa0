/** Where the phone is: one of the organisation's venues, or a venue of the demo. */
import { plainWords } from '@carnet/api/service-search'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { startLinking } from '../link-phone.ts'
import { Bar } from '../parts/frame.tsx'
import { Icon } from '../parts/icons.tsx'
import { askDemo, type DemoVenue } from '../phone/server.ts'
import { t } from '../say.ts'
import { go, goBack, replaceScreen } from '../screen.ts'
import { bundle, prefer, venue } from '../state.ts'

type PlacesProps = { places: readonly { id: string; name: string }[]; chosen?: string; onPick: (id: string) => void }

const Places = ({ places, chosen, onPick }: PlacesProps) => (
  <ul class="picks">
    {places.map(({ id, name }) => (
      <li key={id}>
        <button class="pick" type="button" aria-pressed={id === chosen} onClick={() => onPick(id)}>
          <span class="pick-icon">
            <Icon name={id === chosen ? 'tick' : 'place'} />
          </span>
          <span class="pick-text">{name}</span>
          <Icon name="next" />
        </button>
      </li>
    ))}
  </ul>
)

export function VenueChoice() {
  const hadOne = venue.value !== undefined
  const choose = async (venueId: string) => {
    await prefer({ venueId })
    if (hadOne) goBack()
    else replaceScreen({ name: 'services' })
  }
  return (
    <div class="screen">
      <Bar title="Carnet" hasBack={hadOne} />
      <main class="page">
        <h1 class="question">{t('scanner.venue.title')}</h1>
        <Places
          places={bundle.value?.content.venues ?? []}
          {...(venue.value && { chosen: venue.value.id })}
          onPick={(id) => void choose(id)}
        />
      </main>
    </div>
  )
}

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
