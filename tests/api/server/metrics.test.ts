import { createApp } from '@carnet/api/app.ts'
import { windowMs } from '@carnet/api/shared/metrics.ts'
import { expect, test } from 'vitest'
import { scanItem } from '../../helpers/phone.ts'
import { givenScanApp } from '../../helpers/scan-app.ts'

const world = await givenScanApp()
const { app, phones, takeVoucher, clock, ids, venues } = world
const from = (address: string) => ({ incoming: { socket: { remoteAddress: address } } })
const read = async (address = '127.0.0.1', headers = {}) => app.request('/metrics', { headers }, from(address))
const accepted = async () => Number(/outcome="accepted"\} (\d+)/.exec(await (await read()).text())![1])

test('a scan does not show before its five minutes are over', async () => {
  const [phone] = phones
  expect(await phone!.scan(scanItem(takeVoucher()))).toMatchObject({ outcome: 'accepted' })
  expect(await accepted()).toBe(0)
  clock.now = new Date(clock.now.getTime() + windowMs)
  expect(await accepted()).toBe(1)
})

test('they name no venue, campaign, service, phone or address', async () => {
  const text = await (await read()).text()
  expect(text).toMatch(/^# HELP carnet_scans_total/)
  expect(new Set([...text.matchAll(/(\w+)="/g)].map(([, label]) => label))).toEqual(new Set(['outcome']))
  for (const id of [...Object.values(ids), ...venues.map(({ id }) => id)]) expect(text).not.toContain(String(id))
})

test('a stranger finds nothing there, a proxy’s caller neither', async () => {
  expect((await read('192.0.2.7')).status).toBe(404)
  expect((await app.request('/metrics')).status).toBe(404)
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])
    expect((await read('127.0.0.1', { [name]: '192.0.2.7' })).status).toBe(404)
  const { db, keyring, scanning } = world
  const parts = { db, keyring, now: () => clock.now, mode: 'demo', scanning: scanning.parts } as const
  const secure = createApp({ ...parts, publicUrl: 'https://carnet.example' })
  expect((await secure.request('/metrics', {}, from('127.0.0.1'))).status).toBe(404)

  const token = 'monitoring-'.repeat(4)
  const guarded = createApp({ ...parts, publicUrl: 'https://carnet.example', metricsToken: token })
  const ask = (headers: Record<string, string>) => guarded.request('/metrics', { headers }, from('192.0.2.7'))
  expect((await ask({ authorization: `Bearer ${token}` })).status).toBe(200)
  for (const headers of [{}, { authorization: 'Bearer guess' }]) {
    const refused = await ask(headers as Record<string, string>)
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([401, 'metrics_token'])
  }
})
