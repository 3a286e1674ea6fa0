import { hashCode, isSame, newCode, readCode, secretOf } from '@carnet/api/accounts/attempt.ts'
import { browserName } from '@carnet/api/accounts/browser-name.ts'
import { hasFreshProof, requireFreshProof, requireSession } from '@carnet/api/accounts/proof.ts'
import { safeReturnPath } from '@carnet/api/accounts/return-path.ts'
import { endOf, isIdle, mayWork } from '@carnet/api/accounts/session-rules.ts'
import type { Actor, Role, SignInMethod } from '@carnet/api/shared/context.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const now = new Date('2026-03-10T09:00:00Z')
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

describe('where to go after signing in', () => {
  test.each(['/lieu', '/coordination/remises/1?tri=nom', '/compte'])('%s is a page of this site', (path) => {
    expect(safeReturnPath(path, '/')).toBe(path)
  })

  test.each([
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/%0d%0aSet-Cookie:x\r\n',
    'https://evil.example',
    'javascript:alert(1)',
    'evil.example',
    '/a\\..\\..//evil.example',
    '/..//evil.example',
    '/.//evil.example',
    '',
    `/${'a'.repeat(600)}`,
  ])('%j is none', (path) => {
    expect(safeReturnPath(path, '/own')).toBe('/own')
  })

  test('whatever is asked, a browser stays here', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      'evil.example',
      ':',
      '@',
      '%2f',
      '%5c',
      '?',
      '#',
      'https:',
      '\t',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((pieces) => pieces.join('')),
        ),
        (asked) => {
          const url = new URL(safeReturnPath(asked, '/own'), 'https://carnet.example')
          expect(url.origin).toBe('https://carnet.example')
        },
      ),
    )
  })
})

describe('a code', () => {
  test('has eight digits and may be typed with blanks', () => {
    expect(newCode()).toMatch(/^\d{8}$/)
    expect(readCode(' 1234 56\u202f78 ')).toBe('12345678')
    expect(readCode('1234-5678')).toBe('12345678')
  })

  test('is right for one browser and one attempt only', () => {
    const known = hashCode('browser_a', 'one', '12345678')
    expect(isSame(known, hashCode('browser_a', 'one', '12345678'))).toBe(true)
    for (const other of [
      hashCode('browser_b', 'one', '12345678'),
      hashCode('browser_a', 'two', '12345678'),
      hashCode('browser_a', 'one', '12345679'),
    ])
      expect(isSame(known, other)).toBe(false)
  })

  test('shares its secret with no challenge, state, nonce or verifier', () => {
    const all = (['challenge', 'state', 'nonce', 'verifier'] as const).map((what) => secretOf('browser_a', what, 'one'))
    expect(new Set(all).size).toBe(4)
    for (const text of all) expect(text).toMatch(/^[\w-]{43}$/)
  })
})

describe('a session', () => {
  test.each([
    ['coordinator', 'passkey', 60],
    ['finance_approver', 'passkey', 60],
    ['auditor', 'passkey', 60],
    ['venue_manager', 'code', 720],
    ['funder', 'oidc', 720],
    ['coordinator', 'demo', 720],
  ] as const)('of a %s by %s ends after %i idle minutes', (role, method, minutes) => {
    expect(isIdle(role, method, minutesAgo(minutes - 1), now)).toBe(false)
    expect(isIdle(role, method, minutesAgo(minutes), now)).toBe(true)
  })

  test.each([
    ['coordinator', 'passkey', 12],
    ['venue_manager', 'code', 168],
    ['venue_manager', 'demo', 12],
  ] as const)('of a %s by %s ends after %i hours whatever happens', (role, method, hours) => {
    expect(endOf(role, method, now).getTime() - now.getTime()).toBe(hours * 3_600_000)
  })

  test('of a role that decides about all money works with a passkey alone, or in the demo', () => {
    const methods: SignInMethod[] = ['code', 'oidc', 'passkey', 'demo']
    const works = (role: Role) => methods.filter((method) => mayWork(role, method))
    for (const role of ['coordinator', 'finance_approver', 'auditor'] as const)
      expect(works(role)).toEqual(['passkey', 'demo'])
    for (const role of ['funder', 'venue_manager', 'prescriber'] as const) expect(works(role)).toEqual(methods)
  })
})

describe('a fresh proof', () => {
  const person = { kind: 'person', role: 'venue_manager', name: 'm', scopes: ['*'], tenantId: 't' } as const
  const ids = { personId: 'p', membershipId: 'm' }
  const asked = (session?: { authenticatedAt: Date }) => ({
    now: () => now,
    actor: { ...person, ...ids, ...(session && { session: { id: 's', method: 'code', ...session } }) } as Actor,
  })

  test('is one of the last ten minutes', () => {
    expect(requireFreshProof(asked({ authenticatedAt: minutesAgo(9) }))).toMatchObject(ids)
    expect(hasFreshProof(asked({ authenticatedAt: minutesAgo(9) }))).toBe(true)
    expect(() => requireFreshProof(asked({ authenticatedAt: minutesAgo(10) }))).toThrow('Prove again')
    expect(hasFreshProof(asked({ authenticatedAt: minutesAgo(10) }))).toBe(false)
  })

  test('is never an API token’s, nor a phone’s, nor the public’s', () => {
    expect(() => requireFreshProof(asked())).toThrow('A program may not do this')
    expect(() => requireSession(asked())).toThrow('A program may not do this')
    const phone: Actor = { kind: 'device', deviceId: 'd', organisationId: 'o', venueId: null }
    expect(() => requireFreshProof({ now: () => now, actor: phone })).toThrow('Only a person may do this')
    expect(() => requireFreshProof({ now: () => now, actor: { kind: 'public' } })).toThrow('Sign in first')
  })
})

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1', 'Safari, iOS'],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge, Windows'],
  ['Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36', 'Chrome, Android'],
  ['<script>', ''],
  [undefined, ''],
])('%s is known as %j', (userAgent, name) => {
  expect(browserName(userAgent)).toBe(name)
})
