/** Where the phone is: one of the organisation's venues. */
import { Bar } from '../parts/frame.tsx'
import { Places } from '../parts/places.tsx'
import { t } from '../say.ts'
import { goBack, replaceScreen } from '../screen.ts'
import { bundle, prefer, venue } from '../state.ts'

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
