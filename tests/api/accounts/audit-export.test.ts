import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { recordAudit } from '@carnet/api/accounts/audit.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'
import { givenMember } from '../../helpers/members.ts'
import { pageReader } from '../../helpers/pages.ts'

const { app, db, sql, keyring, clock } = await createTestApp()
const { read } = pageReader(app)
const camille = await givenMember(sql, 'coordinator')
const elise = await givenMember(sql, 'finance_approver')
const henri = await givenMember(sql, 'auditor')
await sql`update people set name = 'Camille Roy' where id = ${camille.personId}`

const record = (day: string, action: string, details: Record<string, unknown>, actor = camille.actor) => {
  const ctx = createContext({ db, keyring, now: () => new Date(day), actor })
  return ctx.transaction((tx) => recordAudit(tx, ctx, action, details), 'carnet_app')
}
beforeAll(async () => {
  await record('2026-01-05T09:00:00Z', 'campaign_opened', { name: 'Angoulême "2026"; =1+1', budgetCents: 500_000 })
  await record('2026-01-05T22:59:59Z', 'box_dispatched', { note: '100 %' })
  await record('2026-01-05T23:00:00Z', 'box_dispatched', { note: '100 pour cent' }, elise.actor)
  for (let line = 4; line <= 1203; line++) await record('2026-02-01T09:00:00Z', 'act', { line })
})

const list = async (query: string, as = camille) =>
  (await app.request(`/api/v1/audit-log?${query}`, { headers: as.headers })).json() as Promise<{
    items: { seq: number; action: string; hash: string }[]
    nextCursor: string | null
  }>

describe('the audit log is searched', () => {
  test.each([
    ['by act', 'action=box_dispatched', [3, 2]],
    ['by a part of a name', 'person=camille%20r&to=2026-01-31', [2, 1]],
    ['from a day of Paris on', 'from=2026-01-06&to=2026-01-06', [3]],
    ['until a day of Paris', 'to=2026-01-05', [2, 1]],
    ['by text in the details', 'q=angoul%C3%AAme', [1]],
    ['by a per cent sign that is one', 'q=100%20%25', [2]],
    ['by all at once', 'action=box_dispatched&person=camille&q=100', [2]],
    ['for what is not there', 'q=nowhere', []],
  ])('%s', async (_, query, seqs) => {
    expect((await list(query)).items.map(({ seq }) => seq)).toEqual(seqs)
  })

  test('page by page, without a line lost or twice', async () => {
    const seen: number[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page = await list(`action=act&limit=500${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.items.map(({ seq }) => seq))
      cursor = page.nextCursor
    }
    expect(seen).toEqual(Array.from({ length: 1200 }, (_, at) => 1203 - at))
  })

  test('on a page of its own, by coordinators and auditors alone', async () => {
    const page = await read('/coordination/journal?acte=box_dispatched&du=2026-01-01&au=x&avant=-1', camille)
    expect(page.status).toBe(200)
    expect(page.text).toContain('Camille Roy')
    expect(page.text).toContain('100 pour cent')
    expect(page.text).not.toContain('Angoulême')
    expect((await read('/coordination/journal?avant=1204&q=%00', camille)).html).toContain('avant=1164')
    expect((await read('/coordination/journal', { headers: {} })).status).toBe(401)
    expect((await read('/coordination/journal', elise)).status).toBe(403)
    expect((await read('/coordination', elise)).html).not.toContain('/coordination/journal')
  })
})

describe('an export of the audit log', () => {
  const directory = mkdtempSync(join(tmpdir(), 'carnet-audit-'))
  afterAll(() => rmSync(directory, { recursive: true, force: true }))
  const fetchFile = async (path: string, as = camille) => app.request(`/api/v1/${path}`, { headers: as.headers })
  function verify(content: string, ...published: string[]) {
    const file = join(directory, 'export')
    writeFileSync(file, content)
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/audit-verify.mjs', file, ...published], {
      encoding: 'utf8',
    })
    return { status, said: stdout + stderr }
  }

  test.each([
    ['audit-log.csv', 'text/csv; charset=utf-8'],
    ['audit-log.jsonl', 'application/jsonl; charset=utf-8'],
  ])('%s is verified by a stranger, against the head that everybody reads', async (path, type) => {
    const response = await fetchFile(path)
    expect(response.headers.get('content-type')).toBe(type)
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${path}"`)
    const content = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer())
    const { head } = await (await app.request('/api/v1/audit-log/head')).json()
    expect(head).toEqual({ seq: 1203, on: '2026-02-01', hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(verify(content, head.hash)).toEqual({
      status: 0,
      said: `The chain holds: lines 1 to 1203.\nIts head: ${head.hash}\n`,
    })
    expect((await read('/confidentialite', { headers: {} })).text).toContain(head.hash)
  })

  test('goes on where another ended', async () => {
    const content = await (await fetchFile('audit-log.jsonl?fromSeq=1201')).text()
    const { items } = await list('limit=1&cursor=1201')
    expect(verify(content).said).toContain(`lines 1201 to 1203.\nIt goes on from the hash ${items[0]!.hash}`)
  })

  test('that was changed is found out', async () => {
    const lines = (await (await fetchFile('audit-log.jsonl')).text()).trimEnd().split('\n')
    const { head } = await (await app.request('/api/v1/audit-log/head')).json()
    const broken = (change: (lines: string[]) => string[], ...hash: string[]) =>
      verify(change([...lines]).join('\n'), ...hash)
    const cut = broken((all) => all.slice(0, -1), head.hash)
    expect([cut.status, cut.said]).toEqual([1, expect.stringContaining('the log was changed since it was published')])
    expect(broken((all) => all.with(4, all[4]!.replace('act', 'axt'))).said).toContain('Line 5: the text is not')
    expect(broken((all) => all.toSpliced(4, 1)).said).toContain('Line 5: number 5 is missing')
    expect(broken((all) => all.with(4, all[4]!.replace('"seq":5', '"seq":6'))).said).toContain('Line 5: its number')
    expect(broken((all) => all.with(4, '{')).said).toContain('Line 5 cannot be read')
    expect(broken(() => []).said).toContain('no line')
    const forged = JSON.stringify({ seq: 1, text: '{"seq": 1, "previousHash": "x"}' })
    expect(broken((all) => all.with(0, forged)).status).toBe(1)
  })

  test('is for coordinators and auditors', async () => {
    for (const path of ['audit-log.csv', 'audit-log.jsonl']) {
      expect((await fetchFile(path, elise)).status).toBe(403)
      expect((await app.request(`/api/v1/${path}`)).status).toBe(401)
      expect((await fetchFile(path, henri)).status).toBe(200)
    }
  })
})

describe('what an auditor reads', () => {
  const readsOf = async () =>
    (await sql`select details->>'path' as path from audit_log where action = 'auditor_read' order by seq`).map(
      ({ path }) => path,
    )

  test('is a line each, of the API and of the pages, refused or not', async () => {
    const before = (await readsOf()).length
    for (const path of ['/coordination?q=secret', '/coordination/mois.csv', '/api/v1/funders', '/lieu', '/nowhere'])
      await app.request(path, { headers: henri.headers })
    await app.request('/coordination/lieux', { method: 'HEAD', headers: henri.headers })
    expect((await readsOf()).slice(before)).toEqual([
      '/coordination',
      '/coordination/mois.csv',
      '/api/v1/funders',
      '/lieu',
      '/nowhere',
      '/coordination/lieux',
    ])
  })

  test('is no line for a file that everybody has, nor for a link that is a secret', async () => {
    const before = (await readsOf()).length
    for (const path of ['/assets/pages.css', '/scanner/', '/healthz', '/readyz', `/demo/sign-in/${'s'.repeat(30)}`])
      await app.request(path, { headers: henri.headers })
    expect(await readsOf()).toHaveLength(before)
  })

  test('is not answered while its line cannot be written', async () => {
    await sql`alter table audit_log add constraint broken check (action <> 'auditor_read') not valid`
    expect((await app.request('/coordination', { headers: henri.headers })).status).toBe(500)
    await sql`alter table audit_log drop constraint broken`
  })
})

test('nobody is somebody else: no route, header or field takes another person’s identity', async () => {
  clock.now = new Date('2026-03-10T09:00:00Z')
  const document = JSON.stringify(await (await app.request('/api/openapi.json')).json())
  expect(document).not.toMatch(/"(actAs|asPerson|onBehalf\w*|impersonat\w*|personId|membershipId|sudo)"/i)
  const wanted = camille.actor.kind === 'person' ? camille.actor.membershipId : ''
  const headers = {
    ...elise.headers,
    ...Object.fromEntries(
      ['x-user', 'x-act-as', 'x-forwarded-user', 'x-remote-user', 'x-membership'].map((name) => [name, wanted]),
    ),
  }
  const query = ['as', 'personId', 'membershipId', 'user'].map((name) => `${name}=${wanted}`).join('&')
  const session = await (await app.request(`/api/v1/session?${query}`, { headers })).json()
  expect(session.role).toBe('finance_approver')
  const token = await app.request(`/api/v1/api-tokens?${query}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({
      label: 'x',
      scopes: ['*'],
      expiresOn: '2026-04-01',
      membershipId: wanted,
      personId: wanted,
    }),
  })
  const mine = { headers: { authorization: `Bearer ${(await token.json()).token}` } }
  expect((await (await app.request('/api/v1/session', mine)).json()).role).toBe('finance_approver')
})
