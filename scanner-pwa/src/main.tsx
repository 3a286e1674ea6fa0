import { render } from 'preact'
import { App } from './app.tsx'
import { watchExercise } from './exercise.ts'
import { openSoundAtFirstTouch } from './feel.ts'
import { startLinking } from './link-phone.ts'
import { isInstalled, keepMemory } from './phone/browser.ts'
import { isDemo, takeToken } from './phone/enrol.ts'
import { replaceScreen, type Screen } from './screen.ts'
import { feelAnswers } from './screens/answer.tsx'
import { enrolment, handing, openPhone, venue } from './state.ts'
import { startSync } from './sync.ts'
import { watchUpdates } from './update.ts'

/** Where one begins: linked phones at the choice of the service. */
function firstScreen(): Screen {
  if (!enrolment.value) return { name: isDemo() ? 'demo' : 'welcome' }
  if (handing.value) return { name: 'handing' }
  return { name: venue.value ? 'services' : 'venue' }
}

async function start(): Promise<void> {
  render(<App />, document.getElementById('app')!)
  const token = takeToken()
  try {
    await openPhone()
  } catch {
    replaceScreen({ name: 'broken' })
    return
  }
  openSoundAtFirstTouch()
  feelAnswers()
  watchExercise()
  replaceScreen(firstScreen())
  startSync()
  void keepMemory(isInstalled())
  if (token) await startLinking(token)
  // Some private windows have none: the app then works as long as it is open.
  await navigator.serviceWorker
    ?.register('/scanner/service-worker.js', { scope: '/scanner/' })
    .then(watchUpdates, () => undefined)
}

void start()
