import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll } from 'vitest'
import { pathOfChromium } from './chromium.ts'

/** A Chromium with a profile on disk, as a phone has one: killed with SIGKILL, it starts again with what it had written. */
export function mortalBrowser() {
  const profile = mkdtempSync(join(tmpdir(), 'carnet-profile-'))
  let child: ChildProcess | undefined
  let browser: Browser | undefined

  const mortal = {
    /** A page of the profile's own context, at this address and hour. */
    async start(address: string, now: Date): Promise<Page> {
      const args = [
        '--headless=new',
        '--no-sandbox',
        '--no-first-run',
        '--disable-gpu',
        '--lang=fr-FR',
        '--accept-lang=fr-FR',
      ]
      child = spawn(
        pathOfChromium(),
        [...args, '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
        {
          // A group of its own: the processes that draw and store die with the one that is killed.
          detached: true,
          stdio: ['ignore', 'ignore', 'pipe'],
          env: { ...process.env, LANGUAGE: 'fr' },
        },
      )
      browser = await chromium.connectOverCDP(await debuggerOf(child))
      const context = browser.contexts()[0]!
      const page = context.pages()[0] ?? (await context.newPage())
      await page.setViewportSize({ width: 390, height: 844 })
      await page.clock.setSystemTime(now)
      await page.goto(address)
      return page
    },
    async kill(): Promise<void> {
      const dying = child
      if (!dying?.pid || dying.exitCode !== null || dying.signalCode !== null) return
      const isGone = new Promise((gone) => dying.once('exit', gone))
      process.kill(-dying.pid, 'SIGKILL')
      await isGone
      await browser?.close().catch(() => undefined)
    },
  }
  afterAll(async () => {
    await mortal.kill()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  })
  return mortal
}

function debuggerOf(child: ChildProcess): Promise<string> {
  return new Promise((found, fail) => {
    let told = ''
    child.once('exit', () => fail(new Error(`Chromium ended: ${told}`)))
    child.stderr!.on('data', (piece) => {
      told += piece
      const address = /DevTools listening on (ws:\S+)/.exec(told)?.[1]
      if (address) found(address)
    })
  })
}
