import { expect, test } from 'vitest'
import { givenScannerWorld } from '../helpers/scanner-world.ts'

const world = await givenScannerWorld()
const ask = (path: string, headers: Record<string, string> = {}) =>
  fetch(world.address + path, { headers, redirect: 'manual' })

test('only the scanner may use the camera and WebAssembly', async () => {
  const scanner = await ask('/scanner/')
  expect(scanner.headers.get('permissions-policy')).toContain('camera=(self)')
  expect(scanner.headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval'")
  const page = await ask('/')
  expect(page.headers.get('permissions-policy')).toContain('camera=()')
  expect(page.headers.get('content-security-policy')).not.toContain('wasm')
})

test('what is named after its content is kept for a year; the page and the service worker are asked for each time', async () => {
  const html = await (await ask('/scanner/')).text()
  const script = /\/scanner\/assets\/[\w-]+\.js/.exec(html)![0]
  const caching = async (path: string) => (await ask(path)).headers.get('cache-control')
  expect(await caching(script)).toBe('public, max-age=31536000, immutable')
  for (const path of ['/scanner/', '/scanner/service-worker.js', '/scanner/manifest.webmanifest'])
    expect(await caching(path), path).toBe('no-cache')
  expect((await ask(script, { 'accept-encoding': 'gzip' })).headers.get('content-encoding')).toBe('gzip')
})

test('nothing but the files of the build is served', async () => {
  for (const path of [
    '/scanner/.inputs',
    '/scanner/../package.json',
    '/scanner/%2e%2e/package.json',
    '/scanner/none.js',
  ])
    expect((await ask(path)).status, path).toBe(404)
  expect((await ask('/scanner')).headers.get('location')).toBe('/scanner/?demo')
})

test('a browser may install it: a manifest with icons of their size, and a service worker for all of it', async () => {
  const manifest = (await (await ask('/scanner/manifest.webmanifest')).json()) as {
    icons: { src: string; sizes: string; purpose?: string }[]
  } & Record<string, unknown>
  expect(manifest).toMatchObject({ id: '/scanner/', start_url: '/scanner/', scope: '/scanner/', display: 'standalone' })
  expect(manifest.icons.map(({ sizes, purpose = 'any' }) => `${sizes} ${purpose}`).sort()).toEqual([
    '192x192 any',
    '192x192 maskable',
    '512x512 any',
    '512x512 maskable',
  ])
  for (const { src, sizes } of manifest.icons) {
    const picture = Buffer.from(await (await ask(`/scanner/${src}`)).arrayBuffer())
    expect(picture.subarray(1, 4).toString(), src).toBe('PNG')
    expect(`${picture.readUInt32BE(16)}x${picture.readUInt32BE(20)}`, src).toBe(sizes)
  }
  const worker = await ask('/scanner/service-worker.js')
  expect(worker.headers.get('content-type')).toContain('javascript')
  expect(await worker.text()).toContain('zxing_reader')
})
