/** What kind of browser this is, and whether it promises to keep what lies in it. */
import { signal } from '@preact/signals'

/** Opened from the home screen, where a browser does not clear what the app keeps. */
export const isInstalled = (): boolean =>
  matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true

/** An iPad says it is a Mac; a Mac has no touch. */
export const isApple = (): boolean =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) ||
  (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)

/** Two tabs of one phone never send the same queue at once, nor while one of them is linked anew. */
export const whileNothingIsSent = (run: () => Promise<void>): Promise<void> =>
  navigator.locks ? navigator.locks.request('carnet-queue', run) : run()

/** False: a private window, or an app that is not on the home screen, may lose what waits. */
export const isMemorySafe = signal(true)

/** `isAsking`: the browser may put the question to the person. */
export async function keepMemory(isAsking: boolean): Promise<void> {
  const { storage } = navigator
  const isKept = (await storage?.persisted?.()) === true
  isMemorySafe.value = isKept || (isAsking && (await storage?.persist?.()) === true)
}
