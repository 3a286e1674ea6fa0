/** What is left to do on a phone that was just linked: put the app where it works without a network, and try it out. */
import { useSignal } from '@preact/signals'
import { Bar } from '../parts/frame.tsx'
import { Icon } from '../parts/icons.tsx'
import { Mark } from '../parts/mark.tsx'
import { isApple, isInstalled } from '../phone/browser.ts'
import { t } from '../say.ts'
import { replaceScreen } from '../screen.ts'
import { bundle, handing, venue } from '../state.ts'
import { beginExercise } from './exercise.tsx'

type InstallEvent = Event & { prompt: () => Promise<{ outcome: 'accepted' | 'dismissed' }> }
let install: InstallEvent | null = null
addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault()
  install = event as InstallEvent
})

function Install() {
  const isDone = useSignal(isInstalled())
  if (isDone.value) return <p class="soft">{t('scanner.install.done')}</p>
  if (!install) return <p class="soft">{t(isApple() ? 'scanner.install.ios' : 'scanner.install.android')}</p>
  const ask = async () => {
    isDone.value = (await install?.prompt())?.outcome === 'accepted'
  }
  return (
    <button class="button" type="button" onClick={() => void ask()}>
      <Icon name="phone" />
      {t('scanner.linked.install.go')}
    </button>
  )
}

export function Linked() {
  const places = bundle.value?.content.venues ?? []
  const name = handing.value?.name ?? venue.value?.name ?? places.map((place) => place.name).join(', ')
  const start = () => replaceScreen({ name: handing.value ? 'handing' : venue.value ? 'services' : 'venue' })
  return (
    <div class="screen">
      <Bar title="Carnet" />
      <main class="page">
        <div class="hello" role="status">
          <Mark silhouette="accepted" />
          <h1>{t(handing.value ? 'scanner.linked.handing' : 'scanner.linked.title', { venue: name })}</h1>
          <p class="soft">{t(handing.value ? 'scanner.linked.lead.handing' : 'scanner.linked.lead')}</p>
        </div>
        <ol class="steps">
          <li aria-current="step">
            <span class="step-n">1</span>
            <div class="step-text">
              <b>{t('scanner.linked.install')}</b>
              {t('scanner.linked.install.next')}
              <Install />
            </div>
          </li>
          {!handing.value && <FirstScans />}
        </ol>
      </main>
      <div class="dock">
        <button class="button" type="button" onClick={start}>
          {t(handing.value ? 'scanner.linked.go.handing' : 'scanner.linked.go')}
        </button>
      </div>
    </div>
  )
}

const FirstScans = () => (
  <>
    <li>
      <span class="step-n">2</span>
      <div class="step-text">
        <b>{t('scanner.linked.camera')}</b>
        {t('scanner.linked.camera.next')}
      </div>
    </li>
    <li>
      <span class="step-n">3</span>
      <div class="step-text">
        <b>{t('scanner.exercise.title')}</b>
        {t('scanner.exercise.lead')}
        <button class="button small second" type="button" onClick={() => void beginExercise()}>
          {t('scanner.exercise.begin')}
        </button>
      </div>
    </li>
  </>
)
