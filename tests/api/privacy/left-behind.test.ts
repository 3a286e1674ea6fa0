import { expect, test } from 'vitest'
import { startWatch } from '../../helpers/left-behind.ts'
import { scanItem } from '../../helpers/phone.ts'
import { givenScanApp } from '../../helpers/scan-app.ts'

test('the watch of the browser tests finds nothing after scans, and sees a lock, a write and a code that is printed', async () => {
  const world = await givenScanApp()
  const { sql, phones, takeVoucher } = world
  const find = await startWatch(world)
  const [first, second] = [takeVoucher(), takeVoucher()]
  expect(await phones[0]!.scan(scanItem(first))).toMatchObject({ outcome: 'accepted' })
  expect(await phones[0]!.scan(scanItem(first))).toMatchObject({ outcome: 'refused' })
  expect(await find()).toEqual([])

  await sql.begin((tx) => tx`select from vouchers where code_mac = ${first.codeMac} for key share`)
  expect((await find()).filter((found) => /^(touched|locked)/.test(found))).toHaveLength(2)
  await sql`update vouchers set is_spent = true where code_mac = ${second.codeMac}`
  expect((await find()).filter((found) => found.startsWith('touched'))).toHaveLength(2)
  const [scan] = await sql<{ tag: string }[]>`select tag::text from redemptions`
  console.debug('tag', scan!.tag, 'of', first.typed, 'from ::1')
  expect((await find()).filter((found) => found.startsWith('printed')).sort()).toEqual(
    [`printed: ${first.typed}`, `printed: ${scan!.tag}`, 'printed: ::1'].sort(),
  )
})
