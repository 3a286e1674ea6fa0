import { useLayoutEffect } from 'preact/hooks'
import { later } from './parts/later.tsx'
import { Spoken } from './parts/spoken.tsx'
import { t } from './say.ts'
import { shown } from './scan-voucher.ts'
import { screen } from './screen.ts'
import { Answer } from './screens/answer.tsx'
import { CameraScreen } from './screens/camera.tsx'
import { CodeScreen } from './screens/code.tsx'
import { ContestScreen } from './screens/contest.tsx'
import { Welcome } from './screens/enrolment.tsx'
import { Exercise } from './screens/exercise.tsx'
import { Linked } from './screens/linked.tsx'
import { Today, Todo } from './screens/lists.tsx'
import { Receipt } from './screens/receipt.tsx'
import { Broken, Rescue } from './screens/rescue.tsx'
import { Services, Theme } from './screens/services.tsx'
import { SettingsScreen } from './screens/settings.tsx'
import { VenueChoice } from './screens/venue-choice.tsx'

const DemoChoice = later(() => import('./screens/demo-choice.tsx').then((it) => it.DemoChoice))
const Handing = later(() => import('./screens/handing.tsx').then((it) => it.Handing))
const Search = later(() => import('./screens/search.tsx').then((it) => it.Search))

export function App() {
  useHeading()
  return (
    <>
      {/* What lies under a verdict is neither read nor reached by the keyboard. */}
      <div class="room" inert={shown.value !== null}>
        <Current />
      </div>
      <Answer />
      <Spoken />
    </>
  )
}

/** Whoever does not see the screen hears where they are now; a field that asks for the focus takes it afterwards. */
function useHeading(): void {
  const isCovered = shown.value !== null
  useLayoutEffect(() => {
    const heading = isCovered ? null : document.querySelector('h1')
    heading?.setAttribute('tabindex', '-1')
    heading?.focus({ preventScroll: true })
  }, [screen.value, isCovered])
}

function Current() {
  const now = screen.value
  switch (now.name) {
    case 'loading':
      return <p class="empty">{t('scanner.loading')}</p>
    case 'broken':
      return <Broken />
    case 'welcome':
      return <Welcome />
    case 'demo':
      return <DemoChoice />
    case 'linked':
      return <Linked />
    case 'venue':
      return <VenueChoice />
    case 'services':
      return <Services />
    case 'theme':
      return <Theme theme={now.theme} />
    case 'search':
      return <Search />
    case 'camera':
      return <CameraScreen />
    case 'code':
      return <CodeScreen />
    case 'today':
      return <Today />
    case 'todo':
      return <Todo />
    case 'receipt':
      return <Receipt workshopId={now.workshopId} />
    case 'contest':
      return <ContestScreen scanId={now.scanId} />
    case 'settings':
      return <SettingsScreen />
    case 'rescue':
      return <Rescue />
    case 'exercise':
      return <Exercise />
    case 'handing':
    case 'boxes':
    case 'lost':
      return <Handing screen={now.name} />
  }
}
