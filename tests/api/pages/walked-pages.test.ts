import { expect, test } from 'vitest'
import { givenEveryRoute } from '../../helpers/every-route.ts'
import { listPageRoutes, listWalk } from '../../helpers/page-walk.ts'

const everything = await givenEveryRoute()
const { app, headersOf } = everything
const walk = await listWalk(everything)

test('every page that there is, is walked', () => {
  expect(walk.map(({ route }) => route).sort()).toEqual(listPageRoutes(app).sort())
})

test.each(['fr', 'en'])('every page is whole and small in %s', async (lang) => {
  const wrong: string[] = []
  for (const { path, as } of walk) {
    const reply = await app.request(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`, {
      headers: { ...headersOf[as], accept: 'text/html' },
    })
    const html = await reply.text()
    const isPage = html.startsWith(`<!doctype html><html lang="${lang}">`) && html.match(/<h1/g)?.length === 1
    const isWhole = path === '/api/docs' || !/>[^<]*(undefined|NaN|\[object|\{\w+\})/.test(html)
    const isSmall = path === '/api/docs' || Buffer.byteLength(html) < 30_720
    if (reply.status !== 200 || !isPage || !isWhole || !isSmall)
      wrong.push(`${path} of ${as}: ${reply.status}, ${Buffer.byteLength(html)} bytes, ${isPage} ${isWhole}`)
  }
  expect(wrong).toEqual([])
})
