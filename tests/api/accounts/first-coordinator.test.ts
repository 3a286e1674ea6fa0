import { inviteCoordinator } from '@carnet/api/accounts/invite-person.ts'
import type { Config } from '@carnet/api/config.ts'
import { inviteAtServer } from '@carnet/api/invite-at-server.ts'
import { createMailbox } from '@carnet/api/mail/mailer.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { expect, test } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'
import { givenMember } from '../../helpers/members.ts'
import { codeFor, givenBrowser } from '../../helpers/sign-in.ts'

const mailer = createMailbox(() => new Date())
const { app, db, sql, keyring, clock } = await createTestApp({ mode: 'production', mailer })
const operator = createContext({ db, keyring, now: () => clock.now, actor: { kind: 'operator' } })
const email = 'camille@example.org'
const mailsTo = async (to: string) =>
  (await sql`select template from mails where recipient = ${to}`).map((m) => m.template)

test('the first coordinator is invited at the server, enters by code, and is asked for a passkey', async () => {
  await inviteCoordinator(operator, { email, name: 'Camille R.', language: 'fr' })
  expect(await mailsTo(email)).toEqual(['invitation'])
  const browser = givenBrowser(app)
  await browser.post('/connexion', { email, to: '' })
  const entered = await browser.post('/connexion/code', { code: await codeFor(mailer, email) })
  expect(entered.headers.get('location')).toBe('/connexion/cle?to=%2Fcoordination')
  expect(await (await browser.ask('/connexion/cle')).text()).toContain('Ajouter une clé d’accès')
  const lines = await sql`select action, actor from audit_log where action = 'person_invited'`
  expect(lines).toEqual([{ action: 'person_invited', actor: 'operator' }])
})

test('one more is told to those who are there; asked again, the mail is sent again and one invitation waits', async () => {
  const { personId } = await givenMember(sql, 'coordinator')
  const second = { email: 'driss@example.org', name: 'Driss', language: 'en' } as const
  const first = await inviteCoordinator(operator, second)
  clock.now = new Date('2026-04-10T09:00:00Z')
  const again = await inviteCoordinator(operator, second)
  expect([again.id, again.expiresOn]).toEqual([first.id, '2026-04-24'])
  expect(await mailsTo(second.email)).toEqual(['invitation', 'invitation'])
  expect(await mailsTo(`${personId}@example.org`)).toEqual(['scheme_invitation'])
})

test('by nobody who merely signed in', async () => {
  const { actor } = await givenMember(sql, 'finance_approver')
  for (const who of [actor, { kind: 'public' } as const]) {
    const ctx = createContext({ db, keyring, now: () => clock.now, actor: who })
    await expect(inviteCoordinator(ctx, { email: 'x@example.org', name: 'x', language: 'fr' })).rejects.toThrow()
  }
})

test.each([[[]], [['a@example.org']], [['a@example.org', 'Ada', 'de']]])(
  '%j is not understood, and says how',
  async (args) => {
    await expect(inviteAtServer({ url: '', config: {} as Config, now: () => clock.now }, args)).rejects.toThrow(
      /^Usage: /,
    )
  },
)
