import { existsSync } from 'node:fs'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

/** The browser of this machine, or the one that CHROMIUM_PATH names. */
export function pathOfChromium(): string {
  const path = process.env.CHROMIUM_PATH ?? places.find((path) => existsSync(path))
  if (!path) throw new Error('There is no Chromium here: install it, or name it in CHROMIUM_PATH')
  return path
}
