/** A newer build of this app: found by the service worker, taken when a person says so. The queue lies elsewhere and stays. */
import { signal } from '@preact/signals'

/** `needed`: the server no longer reads what this build sends. */
export const update = signal<'none' | 'ready' | 'needed'>('none')

/** Asked for in this tab: also a page that no build controls yet (a forced reload) starts anew. */
let isTaking = false

const noteReady = () => {
  if (update.value === 'none') update.value = 'ready'
}

/** Notices a build that waits, now or later. */
export function watchUpdates(registration: ServiceWorkerRegistration): void {
  const isFirst = () => navigator.serviceWorker.controller === null
  let hadOne = !isFirst()
  // Taken in this tab or in another: the files of the former build are gone.
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (hadOne || isTaking) location.reload()
    hadOne = true
  })
  if (registration.waiting && !isFirst()) noteReady()
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && !isFirst()) noteReady()
    })
  })
}

/** The server asked for a newer build: looked for at once. */
export function needUpdate(): void {
  update.value = 'needed'
  void findRegistration().then((registration) => registration?.update().catch(() => undefined))
}

const findRegistration = async () => navigator.serviceWorker?.getRegistration('/scanner/')

/** Starts this page anew with the newest build that is here. */
export async function takeUpdate(): Promise<void> {
  const registration = await findRegistration()
  await registration?.update().catch(() => undefined)
  isTaking = true
  if (registration?.waiting) registration.waiting.postMessage('take_over')
  else location.reload()
}
