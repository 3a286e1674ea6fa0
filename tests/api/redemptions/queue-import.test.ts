import { beforeAll, expect, test } from 'vitest'
import { givenMember } from '../../helpers/members.ts'
import { closeEnvelope, scanItem } from '../../helpers/phone.ts'
import { givenScanApp, type ScanApp } from '../../helpers/scan-app.ts'

let world: ScanApp
let manager: { headers: Record<string, string> }
beforeAll(async () => {
  world = await givenScanApp()
  manager = await givenMember(world.sql, 'venue_manager', world.venues[0]!.organisationId)
})

/** As a phone keeps it: closed to the server, for the world's first venue. */
async function saved(voucher = world.takeVoucher()) {
  const { scanId, code, service, day } = scanItem(voucher)
  const envelope = await closeEnvelope(world.keyring.queuePublicKey, scanId, { code, service, day })
  return { scanId, venueId: world.venues[0]!.id, envelope }
}
const path = () => `/organisations/${world.venues[0]!.organisationId}/queue-imports`
const give = (scans: unknown[], also: Record<string, unknown> = {}, as = manager) =>
  world.post(path(), { format: 'carnet-queue-1', scans, ...also }, as)

test('each scan of a saved queue gets its own outcome, and the file given again the same', async () => {
  const taken = world.takeVoucher()
  await world.phones[1]!.scan(scanItem(taken))
  const scans = [await saved(), await saved(taken), await saved()]
  const first = await give(scans)
  expect(first).toMatchObject({ status: 200, body: { accepted: 2, refused: 1, retry: 0, reversals: 0 } })
  expect((first.body.results as unknown[])[1]).toMatchObject({ outcome: 'refused', reason: 'already_used' })
  const before = await world.countRows()
  expect(await give(scans)).toEqual(first)
  expect((await world.countRows()).redemptions).toBe(before.redemptions)
})

test('no answer is kept that names scans: a file given again is one file without it', async () => {
  const scans = [await saved()]
  const withKey = { headers: { ...manager.headers, 'idempotency-key': 'file' } }
  expect(await give(scans, {}, withKey)).toMatchObject({ status: 200, body: { accepted: 1 } })
  expect(await world.sql`select from idempotent_answers`).toHaveLength(0)
})

test('the phone that finds a network after all is told the same', async () => {
  const scan = await saved()
  const { body } = await give([scan])
  expect(await world.phones[0]!.scan(scan)).toEqual((body.results as unknown[])[0])
})

test('two people who give the same file at once accept each voucher once', async () => {
  const scans = await Promise.all(Array.from({ length: 20 }, () => saved()))
  const before = (await world.countRows()).redemptions!
  const answers = await Promise.all([give(scans), give(scans), give(scans, {}, world.coordinator)])
  for (const { body } of answers) expect(body).toMatchObject({ accepted: 20, refused: 0 })
  expect((await world.countRows()).redemptions).toBe(before + 20)
})

test('what was undone on the phone is not accepted', async () => {
  const [undone, kept] = [await saved(), await saved()]
  const reversals = [{ scanId: undone.scanId, venueId: undone.venueId }]
  const { body } = await give([undone, kept], { reversals })
  expect(body).toMatchObject({ accepted: 1, refused: 1, reversals: 1 })
  expect((body.results as unknown[])[0]).toMatchObject({ reason: 'withdrawn' })
})

test('what was corrected and contested on the phone is told with the file, once, whoever hands it in', async () => {
  const taken = world.takeVoucher()
  await world.phones[1]!.scan(scanItem(taken))
  const [refused, kept, accepted] = [await saved(taken), await saved(), await saved()]
  await world.phones[0]!.scan(refused)
  const { organisationId } = world.venues[0]!
  const contest = { scanId: refused.scanId, reason: 'not_used_before', service: 'A01', day: '2026-03-10' }
  const foreign = { ...contest, scanId: crypto.randomUUID() }
  const also = {
    corrections: [
      { scanId: kept.scanId, service: 'A02' },
      { scanId: refused.scanId, service: 'A02' },
    ],
    contests: [contest, foreign, { ...contest, scanId: accepted.scanId }],
  }
  const given = await Promise.all([give([kept, accepted], also), give([kept, accepted], also)])
  for (const { body } of given) expect(body).toMatchObject({ accepted: 2, corrections: 1, contests: 1 })
  const rows = await world.sql`select refusal, reason, state from contests where organisation_id = ${organisationId}`
  expect(rows).toEqual([{ refusal: 'already_used', reason: 'not_used_before', state: 'open' }])
  expect(await world.sql`select from redemptions where service_code = 'A02' and state = 'accepted'`).toHaveLength(1)
  // The phone finds a network after all: it is the same contest.
  const { status } = await world.phones[0]!.contest(refused.scanId, contest.reason)
  expect(status).toBe(200)
})

test('a code in clear, a scan of another organisation and a broken envelope are refused one by one', async () => {
  const foreign = { ...(await saved()), venueId: world.venues[1]!.id }
  const broken = await saved()
  broken.envelope.data = broken.envelope.data.replace(/^.{4}/, 'AAAA')
  const { body } = await give([scanItem(world.takeVoucher()), foreign, broken, await saved()])
  expect((body.results as { reason?: string }[]).map(({ reason }) => reason)).toEqual([
    'malformed_code',
    'venue_not_qualified',
    'malformed_code',
    undefined,
  ])
})

test('leaves no phone that can scan, and one line in the audit log', async () => {
  const { audit } = await world.countRows()
  await give([await saved()])
  expect((await world.countRows()).audit).toBe(audit! + 1)
  const rows = await world.sql`select distinct state from devices where label like 'Fichier %'`
  expect(rows).toEqual([{ state: 'revoked' }])
})

test('an empty file leaves no phone and no line, and still only its own organisation may hand it in', async () => {
  const counted = async () => [await world.countRows(), await world.sql`select count(*) from devices`]
  const before = await counted()
  expect(await give([])).toMatchObject({ status: 200, body: { accepted: 0, contests: 0, results: [] } })
  const stranger = await givenMember(world.sql, 'venue_manager', world.venues[1]!.organisationId)
  expect((await give([], {}, stranger)).status).toBe(404)
  expect(await counted()).toEqual(before)
})

test('another organisation and another role may not, and another file is none', async () => {
  const stranger = await givenMember(world.sql, 'venue_manager', world.venues[1]!.organisationId)
  const funder = await givenMember(world.sql, 'funder', world.ids.funder)
  expect((await give([await saved()], {}, stranger)).status).toBe(404)
  expect((await give([await saved()], {}, funder)).status).toBe(403)
  expect((await world.post(path(), { scans: [] }, manager)).status).toBe(422)
  expect((await give(Array.from({ length: 1001 }, () => ({})))).status).toBe(422)
})

test('a manager hands the file in on a page, without a script; what is no such file counts nothing', async () => {
  const path = '/lieu/telephones/fichier'
  const give = async (content: unknown) => {
    const body = new FormData()
    body.set('file', new File([typeof content === 'string' ? content : JSON.stringify(content)], 'carnet-cheques.json'))
    const request = new Request(`http://localhost${path}`, { method: 'POST', body })
    const bytes = await request.arrayBuffer()
    const headers = { ...manager.headers, 'content-type': request.headers.get('content-type')! }
    const answer = await world.app.request(path, {
      method: 'POST',
      headers: { ...headers, 'content-length': String(bytes.byteLength) },
      body: bytes,
    })
    return { status: answer.status, text: await answer.text() }
  }
  const file = { format: 'carnet-queue-1', scans: [await saved()], reversals: [] }
  expect((await give(file)).text).toContain('1 chèques acceptés, 0 refusés')
  // After a restore a busy phone saves a week of scans.
  const week = { ...file, scans: [...file.scans, ...Array(299).fill({ padding: 'x'.repeat(500) })] }
  expect((await give(week)).text).toContain('1 chèques acceptés, 299 refusés')
  const before = await world.countRows()
  expect((await give('<html>')).text).toContain('Ce n’est pas le fichier d’un téléphone.')
  expect(await world.countRows()).toEqual(before)
  const page = await world.app.request(path, { headers: manager.headers })
  expect(page.status).toBe(200)
})
