import { deliverMails, forgetOldMails } from '@carnet/api/mail/deliver-mails.ts'
import { maxAttempts } from '@carnet/api/mail/mail.ts'
import { createSmtpMailer, type Mailer, sendSoon } from '@carnet/api/mail/mailer.ts'
import { type NewMail, queueMail } from '@carnet/api/mail/queue-mail.ts'
import { listPeriodAlarms } from '@carnet/api/sealing/alarms.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'
import { givenSmtpServer } from '../../helpers/smtp-server.ts'

const publicUrl = 'https://carnet.example'
const codes = new Map<string, number>()
const { db, sql, keyring, clock } = await createTestApp()
const operator = createContext({ db, keyring, now: () => clock.now, actor: { kind: 'operator' } })
const server = await givenSmtpServer((to) => codes.get(to) ?? null)
const mailer = createSmtpMailer({ smtpUrl: server.smtpUrl, from: 'Carnet <carnet@carnet.example>' })
afterAll(mailer.close)
const dead = createSmtpMailer({ smtpUrl: 'smtp://127.0.0.1:1', from: 'carnet@carnet.example' })

const mail = (to: string, more: Partial<NewMail> = {}): NewMail => ({
  to,
  language: 'fr',
  template: 'passkey_added',
  facts: { name: 'Téléphone' },
  ...more,
})
const queue = (wanted: NewMail) => operator.transaction((tx) => queueMail(tx, operator, wanted), 'carnet_app')
const deliver = (way: Mailer = mailer) => deliverMails(operator, { mailer: way, publicUrl })
const states = async () => (await sql`select state, attempts from mails order by recipient`).map((row) => ({ ...row }))
const wait = (minutes: number) => (clock.now = new Date(clock.now.getTime() + minutes * 60_000))

beforeEach(async () => {
  await sql`delete from mails`
  server.received.length = 0
  codes.clear()
})

test('a mail leaves once, in the words of its reader, as text and as HTML', async () => {
  await queue(mail('elise@example.org'))
  await queue(mail('Tom@Example.org', { language: 'en', facts: { name: '<b>Phone</b>' } }))
  expect(await deliver()).toBe(2)
  expect(await deliver()).toBe(0)
  const [tom, elise] = [...server.received].sort((a, b) => (a.to[0]! < b.to[0]! ? 1 : -1))
  expect(elise?.to).toEqual(['elise@example.org'])
  expect(elise?.text).toMatch(/^From: Carnet <carnet@carnet.example>/m)
  expect(elise?.text).toMatch(/^Auto-Submitted: auto-generated/m)
  expect(tom?.to).toEqual(['tom@example.org'])
  expect(tom?.text).toContain('multipart/alternative')
  const text = tom?.text.replaceAll('=\r\n', '')
  expect(text).toContain('https://carnet.example/compte')
  expect(text).toContain('&lt;b&gt;Phone&lt;/b&gt;')
  expect(await states()).toEqual([
    { state: 'sent', attempts: 1 },
    { state: 'sent', attempts: 1 },
  ])
})

test('a mail of a transaction that is rolled back never leaves', async () => {
  const failed = operator.transaction(async (tx) => {
    await queueMail(tx, operator, mail('elise@example.org'))
    throw new Error('rolled back')
  }, 'carnet_app')
  await expect(failed).rejects.toThrow('rolled back')
  expect(await deliver()).toBe(0)
})

test('ten processes that deliver at once send each mail once', async () => {
  for (let number = 0; number < 30; number += 1) await queue(mail(`person-${number}@example.org`))
  const sent = await Promise.all(Array.from({ length: 10 }, () => deliver()))
  expect(sent.reduce((sum, count) => sum + count, 0)).toBe(30)
  expect(new Set(server.received.map(({ to }) => to[0])).size).toBe(30)
  expect(server.received).toHaveLength(30)
})

test('a server that is away is asked again, later and later, and then an alarm tells', async () => {
  await queue(mail('elise@example.org'))
  expect(await deliver(dead)).toBe(0)
  expect(await deliver()).toBe(0)
  wait(2)
  expect(await deliver()).toBe(1)

  await queue(mail('tom@example.org'))
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    await deliver(dead)
    wait(1441)
  }
  expect(await states()).toContainEqual({ state: 'dead', attempts: maxAttempts })
  expect(await deliver()).toBe(0)
  expect(await listPeriodAlarms(operator)).toContainEqual({ code: 'mails_given_up', periodId: null })
})

test('a process that died with a mail in its hands leaves it to the next', async () => {
  await queue(mail('elise@example.org'))
  const hangs: Mailer = { send: () => new Promise(() => {}), close: () => {} }
  void deliver(hangs)
  await vi.waitFor(async () => expect(await states()).toEqual([{ state: 'waiting', attempts: 1 }]))
  expect(await deliver()).toBe(0)
  wait(16)
  expect(await deliver()).toBe(1)
})

test('an address that the server refuses is given up at once, and stops no other mail', async () => {
  codes.set('gone@example.org', 550)
  codes.set('later@example.org', 451)
  for (const to of ['a@example.org', 'gone@example.org', 'later@example.org']) await queue(mail(to))
  expect(await deliver()).toBe(1)
  expect((await states()).map(({ state }) => state)).toEqual(['sent', 'dead', 'waiting'])
})

test('nothing of a name gets into the head of a mail', async () => {
  await queue(mail('elise@example.org', { facts: { name: 'x\r\nBcc: all@example.org\r\n\r\nbody' } }))
  await deliver()
  expect(server.received.map(({ to }) => to)).toEqual([['elise@example.org']])
  const head = server.received[0]!.text.split('\r\n\r\n')[0]
  expect(head).not.toMatch(/^Bcc/m)
})

test.each([
  'elise',
  'a@b',
  'a b@example.org',
  'a@example.org\r\nBcc: b@example.org',
  'a@example.org, b@example.org',
  '"<script>"@example.org',
  `${'a'.repeat(250)}@example.org`,
])('%j is no address', async (to) => {
  await expect(queue(mail(to))).rejects.toMatchObject({ code: 'email_not_valid' })
})

test('a code goes from memory: a server that stumbles once gets it again, and no table holds it', async () => {
  let failures = 1
  const stumbling: Mailer = {
    send: (ready) => (failures-- > 0 ? Promise.reject(new Error('away')) : mailer.send(ready)),
    close: () => {},
  }
  sendSoon(stumbling, { id: 'one', to: 'elise@example.org', subject: 'Code', text: '12345678', html: '' }, () => {})
  await vi.waitFor(() => expect(server.received).toHaveLength(1), { timeout: 20_000 })
  expect(await states()).toEqual([])
})

test('whom we wrote to is forgotten after 30 days', async () => {
  await queue(mail('elise@example.org'))
  await deliver()
  wait(30 * 1440)
  await forgetOldMails(operator)
  expect(await states()).toHaveLength(1)
  wait(1440)
  await forgetOldMails(operator)
  expect(await states()).toEqual([])
})
