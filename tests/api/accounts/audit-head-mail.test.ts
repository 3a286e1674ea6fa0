import { mailAuditHead } from '@carnet/api/accounts/mail-audit-head.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { expect, test } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'
import { givenMember } from '../../helpers/members.ts'

const { app, db, sql, keyring, clock } = await createTestApp()
const operator = createContext({ db, keyring, now: () => clock.now, actor: { kind: 'operator' } })
const camille = await givenMember(sql, 'coordinator')
const [funder] =
  await sql`insert into funders (name, kind, created_on) values ('CCAS', 'commune', '2026-01-01') returning id`
const reader = await givenMember(sql, 'funder', funder!.id)
const gone = await givenMember(sql, 'funder', funder!.id)
await sql`update people set is_active = false where id = ${gone.personId}`
const mails = () => sql`select recipient, template, facts from mails order by created_on`
const headOf = async () => (await (await app.request('/api/v1/audit-log/head')).json()).head

test('funders receive the head once a month, however often it is tried and by however many', async () => {
  await mailAuditHead(operator)
  expect(await mails()).toHaveLength(0)
  const added = await app.request('/api/v1/funders', {
    method: 'POST',
    headers: { ...camille.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Commune', kind: 'commune' }),
  })
  expect(added.status).toBe(201)
  const head = await headOf()
  await Promise.all(Array.from({ length: 8 }, () => mailAuditHead(operator)))
  expect(await mails()).toMatchObject([
    { recipient: `${reader.personId}@example.org`, template: 'audit_head', facts: head },
  ])
  clock.now = new Date('2026-04-02T09:00:00Z')
  const next = await headOf()
  await mailAuditHead(operator)
  expect((await mails()).map(({ facts }) => facts.hash)).toEqual([head.hash, next.hash])
  const elsewhere = createContext({ db, keyring, now: () => clock.now, actor: camille.actor })
  await expect(mailAuditHead(elsewhere)).rejects.toMatchObject({ code: 'role_not_allowed' })
})
