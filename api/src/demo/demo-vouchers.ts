import { listTrainingVouchers } from '../books/training-vouchers.ts'
import { listPeriods } from '../periods/queries.ts'
import type { Context } from '../shared/context.ts'
import { listAcceptedTags, listDemoCampaigns, listGeneratedRuns, listVoucherFacts } from './queries.ts'
import { listRunVouchers, type RunVoucher } from './run-vouchers.ts'

export type DemoVoucher = { qr: string; typed: string; campaignId: string }
export type DemoVouchers = Record<'active' | 'training' | 'blocked' | 'expired' | 'spent', DemoVoucher[]>

const offered = { active: 240, training: 20, blocked: 10, expired: 20, spent: 20 } as const

/**
 * Vouchers to try, of each kind, as they are now. Only the demo can make them again from the keys of its print runs, and only the
 * demo asks which of them are spent.
 */
export async function listDemoVouchers(operator: Context): Promise<DemoVouchers> {
  const vouchers: DemoVouchers = {
    active: [],
    training: listTrainingVouchers(operator.keyring, offered.training).map((voucher) => ({
      ...voucher,
      campaignId: '',
    })),
    blocked: [],
    expired: [],
    spent: [],
  }
  const campaigns = new Map((await listDemoCampaigns(operator.db)).map((campaign) => [campaign.id, campaign]))
  const today = operator.today()
  for (const run of await listGeneratedRuns(operator.db)) {
    if (!operator.keyring.hasRunKey(run.id)) continue
    const { state, endsOn } = campaigns.get(run.campaignId)!
    const isRunning = state === 'open' && today <= endsOn
    const sorted = await sortVouchers(operator, run.id)
    const take = (kind: keyof DemoVouchers, from: readonly RunVoucher[]) => {
      for (const voucher of from.slice(0, offered[kind] - vouchers[kind].length))
        vouchers[kind].push({ qr: voucher.qr(), typed: voucher.typed(), campaignId: run.campaignId })
    }
    take(isRunning ? 'active' : 'expired', sorted.unused)
    if (isRunning) {
      take('blocked', sorted.blocked)
      take('spent', sorted.spent)
    }
  }
  return vouchers
}

/** The last covers first: those nobody has in hand. */
async function sortVouchers(operator: Context, printRunId: string) {
  const vouchers = await listRunVouchers(operator, printRunId)
  const { facts, spentTags } = await operator.transaction(async (tx) => {
    const live = (await listPeriods(tx)).filter(({ state }) => state !== 'sealed').map(({ id }) => id)
    const tags = await Promise.all(live.map(async (id) => [id, await listAcceptedTags(tx, id)] as const))
    return { facts: await listVoucherFacts(tx, printRunId), spentTags: tags }
  }, 'carnet_jobs')
  const isSpent = ({ codeMac }: RunVoucher) =>
    facts.get(codeMac)?.isSpent || spentTags.some(([id, tags]) => tags.has(operator.keyring.tag(id, codeMac) ?? ''))
  const known = vouchers.filter(({ codeMac }) => facts.get(codeMac)?.boxState === 'active').reverse()
  const blocked = known.filter(({ codeMac }) => facts.get(codeMac)?.isBlocked)
  const usable = known.filter(({ codeMac }) => !facts.get(codeMac)?.isBlocked)
  return { blocked, spent: usable.filter(isSpent), unused: usable.filter((voucher) => !isSpent(voucher)) }
}
