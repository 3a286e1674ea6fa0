import { freezeWithoutMoney, givenSealingWorld, nextMonth, scanAll } from './sealing.ts'

export const sealingDay = '2026-05-01'

/** March was scanned and is frozen; it is the first day on which it may be sealed. */
export async function givenFrozenMarch(options: Parameters<typeof givenSealingWorld>[0] = {}) {
  const world = await givenSealingWorld({ campaigns: [{ books: 15 }, { books: 3 }], ...options })
  const [large, small] = world.campaigns
  const scans = await scanAll(world, [...large!.vouchers.slice(0, 120), ...(small?.vouchers.slice(0, 8) ?? [])])
  await nextMonth(world, '2026-04-01')
  await freezeWithoutMoney(world, 1)
  world.clock.today = sealingDay
  return { world, scans, large: large!, small: small! }
}
