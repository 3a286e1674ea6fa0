/** Which screen is shown. The phone's own Back button goes back. */
import { signal } from '@preact/signals'

export type Screen =
  | { name: 'loading' | 'broken' | 'welcome' | 'demo' | 'linked' | 'venue' }
  | {
      name:
        | 'services'
        | 'search'
        | 'camera'
        | 'code'
        | 'today'
        | 'todo'
        | 'settings'
        | 'rescue'
        | 'exercise'
        | 'handing'
        | 'boxes'
        | 'lost'
    }
  | { name: 'theme'; theme: string }
  | { name: 'receipt'; workshopId: string }
  | { name: 'contest'; scanId: string }

export const screen = signal<Screen>({ name: 'loading' })

export function go(next: Screen): void {
  history.pushState(next, '')
  screen.value = next
  scrollTo(0, 0)
}
/** Without a way back: the screen before has nothing left to do. */
export function replaceScreen(next: Screen): void {
  history.replaceState(next, '')
  screen.value = next
  scrollTo(0, 0)
}
export const goBack = (): void => history.back()

addEventListener('popstate', (event) => {
  if (event.state) screen.value = event.state as Screen
})
