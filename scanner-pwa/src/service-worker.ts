/** Keeps the files of one build and serves them with or without network. It knows nothing of vouchers. */
const files: string[] = JSON.parse('FILES_OF_THIS_BUILD')

const scope = globalThis as unknown as {
  addEventListener: (type: string, listener: (event: WorkerEvent) => void) => void
  clients: { claim: () => Promise<void> }
  skipWaiting: () => Promise<void>
}
type WorkerEvent = {
  request: Request
  data?: unknown
  waitUntil: (work: Promise<unknown>) => void
  respondWith: (answer: Promise<Response>) => void
}

const root = '/scanner/'
const isHashed = (file: string) => file.startsWith('assets/')
/** Named by what it holds: another build, another cache. */
const cacheName = `carnet-scanner-${files
  .filter(isHashed)
  .join(',')
  .replace(/[^\w-]/g, '')}`

async function keepFiles(): Promise<void> {
  const cache = await caches.open(cacheName)
  // An asset's name changes with its content; all others are asked for anew, past the browser's own cache.
  await cache.addAll(files.map((file) => new Request(root + file, { cache: isHashed(file) ? 'default' : 'reload' })))
}

async function dropOldFiles(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(
    names.filter((name) => name.startsWith('carnet-scanner-') && name !== cacheName).map((name) => caches.delete(name)),
  )
  await scope.clients.claim()
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName)
  const page = request.mode === 'navigate' ? await cache.match(`${root}index.html`) : undefined
  return page ?? (await cache.match(request, { ignoreSearch: true })) ?? fetch(request)
}

scope.addEventListener('install', (event) => event.waitUntil(keepFiles()))
scope.addEventListener('activate', (event) => event.waitUntil(dropOldFiles()))
// Said by a person: no build replaces another in the middle of a workshop.
scope.addEventListener('message', (event) => {
  if (event.data === 'take_over') void scope.skipWaiting()
})
scope.addEventListener('fetch', (event) => {
  const { method, url } = event.request
  if (method === 'GET' && new URL(url).pathname.startsWith(root)) event.respondWith(answer(event.request))
})
