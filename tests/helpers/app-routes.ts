import type { App } from '@carnet/api/app.ts'

export type AppRoute = { method: string; path: string; address: string; endsSession: boolean }

/** What the framework itself knows: every route, pages and files included, with an address that reaches it. */
export function listAppRoutes(app: App): AppRoute[] {
  const known = app.routes.filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
  const routes = [...new Map(known.map(({ method, path }) => [`${method} ${path}`, { method, path }])).values()]
  return routes
    .map((route) => ({ ...route, address: addressOf(route.path), endsSession: endsSession(route) }))
    .sort((a, b) => Number(a.endsSession) - Number(b.endsSession))
}

/** Tried last: whoever asks is signed in as somebody else after them, or as nobody. */
const endsSession = ({ method, path }: Pick<AppRoute, 'method' | 'path'>) =>
  /\/sign-in\b/.test(path) || (method !== 'GET' && /deconnexion|\/sessions?\b|\/compte\/roles/.test(path))

const addressOf = (path: string) =>
  path
    .replace(/:(\w+)\{(?:\(\?:)?([^|)}]+)[^}]*\}/g, '$2')
    .replaceAll('\\.', '.')
    .replace(/:\w+\??/g, '1')
