import { readFileSync } from 'node:fs'
import { addressOf, readNetworks } from '@carnet/api/shared/http-caller.ts'
import { rateKindOf } from '@carnet/api/shared/http-rates.ts'
import { createLimit, mostKeys, type RateKind, rateRules } from '@carnet/api/shared/rate-limit.ts'
import { describe, expect, test } from 'vitest'

const dayMs = 86_400_000

function givenLimit() {
  const clock = { ms: 0 }
  const { limit, size } = createLimit(() => clock.ms)
  const take = (kind: RateKind, key: string): number | null => {
    try {
      limit(kind, key)
      return null
    } catch (error) {
      return (error as { facts: { retryAfterS: number } }).facts.retryAfterS
    }
  }
  const takeAll = (kind: RateKind, key: string) => {
    let taken = 0
    while (take(kind, key) === null) taken += 1
    return taken
  }
  return { clock, limit, size, take, takeAll }
}

describe('a limit', () => {
  test.each(Object.entries(rateRules) as [RateKind, { burst: number; perMinute: number }][])(
    '%s lets its burst through, says how long to wait, and keeps its word',
    (kind, { burst, perMinute }) => {
      const { clock, take, takeAll } = givenLimit()
      expect(takeAll(kind, 'a')).toBe(burst)
      const waitS = take(kind, 'a')!
      expect(waitS).toBe(Math.ceil(60 / perMinute))
      clock.ms += waitS * 1000
      expect(take(kind, 'a')).toBeNull()
      clock.ms += (burst / perMinute) * 60_000 + 1000
      expect(takeAll(kind, 'a')).toBe(burst)
    },
  )

  test('that is refused again and again ends no later for it', () => {
    const { take, takeAll } = givenLimit()
    takeAll('sign_in_mail', 'a')
    const waits = Array.from({ length: 50 }, () => take('sign_in_mail', 'a'))
    expect(new Set(waits)).toEqual(new Set([240]))
  })

  test('counts each key and each kind by itself', () => {
    const { take, takeAll } = givenLimit()
    takeAll('sign_in_mail', 'a')
    expect(take('sign_in_mail', 'b')).toBeNull()
    expect(take('sign_in_try', 'a')).toBeNull()
  })

  test('draws another key each day, and forgets what the old one named', () => {
    const { clock, size, take, takeAll } = givenLimit()
    takeAll('sign_in_mail', 'a')
    clock.ms += dayMs
    expect(take('sign_in_mail', 'b')).toBeNull()
    expect(size()).toBe(1)
  })

  test('remembers 100,000 keys and no more, in a few megabytes, and forgets the most silent first', () => {
    const { limit, size, take, takeAll } = givenLimit()
    takeAll('sign_in_mail', 'silent')
    takeAll('sign_in_mail', 'loud')
    const before = process.memoryUsage().heapUsed
    for (let at = 0; at < mostKeys + 1000; at += 1) {
      limit('public_read', `192.0.2.${at}\nbrowser ${'x'.repeat(200)}`)
      if (at % 20_000 === 0) take('sign_in_mail', 'loud')
    }
    expect(size()).toBe(mostKeys)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(120_000_000)
    expect(take('sign_in_mail', 'silent')).toBeNull()
  })
})

describe('the address of who asks', () => {
  const proxies = readNetworks('127.0.0.1, 10.0.0.0/8,fd00::/8')!
  test.each([
    ['without a proxy, the header is what anybody writes', '203.0.113.7', '198.51.100.1', null, '203.0.113.7'],
    ['from another than our proxy too', '203.0.113.7', '198.51.100.1', proxies, '203.0.113.7'],
    ['behind our proxy', '10.0.0.1', '198.51.100.1', proxies, '198.51.100.1'],
    ['behind two of them', '127.0.0.1', '198.51.100.1, 10.1.1.1', proxies, '198.51.100.1'],
    ['what the caller wrote in front is not believed', '10.0.0.1', '1.1.1.1, 198.51.100.1', proxies, '198.51.100.1'],
    ['a proxy that says nothing', '10.0.0.1', undefined, proxies, '10.0.0.1'],
    ['IPv4 as a socket of both kinds tells it', '::ffff:10.0.0.1', '::ffff:198.51.100.1', proxies, '198.51.100.1'],
    ['a whole network of IPv6', '2001:DB8:0:1:aaaa::5', undefined, null, '2001:db8:0:1'],
    ['of IPv6 with its zeros left out', '2001:db8::5', undefined, null, '2001:db8:0:0'],
    ['of IPv6 behind a proxy of IPv6', 'fd00::1', '2001:db8:7:8:9:a:b:c', proxies, '2001:db8:7:8'],
    ['that is no address', '10.0.0.1', 'unknown', proxies, 'unknown'],
  ])('%s', (_, socket, forwarded, trusted, address) => {
    expect(addressOf(socket, forwarded, trusted)).toBe(address)
  })

  test.each(['', 'proxy.example', '10.0.0.0/33', '10.0.0.0/x', '::1/129', '10.0.0.1,'])(
    '%j names no networks',
    (text) => {
      expect(readNetworks(text)).toBeNull()
    },
  )
})

test.each([
  ['POST', '/api/v1/device/scans', 'public', 'phone'],
  ['GET', '/assets/pages.css', 'public', null],
  ['GET', '/scanner/', 'public', null],
  ['GET', '/scannerx', 'public', 'public_read'],
  ['GET', '/healthz', 'public', null],
  ['GET', '/api/v1/venues.csv', 'public', 'export'],
  ['GET', '/api/v1/print-runs/1/books.pdf', 'person', 'export'],
  ['GET', '/catalogue.xlsx', 'public', 'export'],
  ['GET', '/api/explore/v2.1/catalog/datasets/1/exports/parquet', 'public', 'export'],
  ['GET', '/api/v1/paying-accounts/1/journal', 'person', 'export'],
  ['GET', '/api/explore/v2.1/catalog/datasets/1/records', 'public', 'public_read'],
  ['GET', '/ou', 'public', 'public_read'],
  ['POST', '/connexion', 'public', 'public_write'],
  ['PATCH', '/api/v1/funders/1', 'person', 'account'],
] as const)('%s %s of a %s is counted as %s', (method, path, actor, kind) => {
  expect(rateKindOf(method, path, actor)).toBe(kind)
})

test('docs/limits.md says every rule', () => {
  const rows = readFileSync('docs/limits.md', 'utf8').matchAll(/^\| `(\w+)` \| (\d+) \| ([\d.]+) \|/gm)
  const documented = [...rows].map(([, kind, burst, perMinute]) => [
    kind,
    { burst: Number(burst), perMinute: Number(perMinute) },
  ])
  expect(Object.fromEntries(documented)).toEqual(rateRules)
})
