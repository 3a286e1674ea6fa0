import 'fake-indexeddb/auto'
import { randomUUID } from 'node:crypto'
import { countBook, tellCounts } from '@carnet/scanner-pwa/handing/count.ts'
import { type Bundle, type Enrolment, readFact, writeLink } from '@carnet/scanner-pwa/phone/facts.ts'
import { openStore } from '@carnet/scanner-pwa/queue/store.ts'
import { expect, test } from 'vitest'

test('a phone that is linked anew tells only what its former link had not told, whatever moment it dies', async () => {
  const db = await openStore(randomUUID())
  const key = { campaignId: 'campaign', month: '2026-03-01' }
  const told: number[] = []
  const tell = () => tellCounts(db, async ({ books }) => void told.push(books))
  for (let books = 0; books < 3; books++) await countBook(db, key, 1)
  await tell()
  await countBook(db, key, 1)
  const enrolment = { deviceId: 'new', token: 'token' } as Enrolment
  // What cannot be stored leaves the whole former link: the counts did not begin anew without it.
  const broken = { ...enrolment, markKey: () => undefined } as unknown as Enrolment
  await expect(writeLink(db, broken, {} as Bundle)).rejects.toThrow()
  expect([await readFact(db, 'enrolment'), (await db.getAll('handouts'))[0]]).toMatchObject([undefined, { told: 3 }])
  await writeLink(db, enrolment, {} as Bundle)
  expect(await readFact(db, 'enrolment')).toEqual(enrolment)
  await tell()
  expect(told).toEqual([3, 1])
})
