import type { AccountKind } from '@carnet/api/ledger/transfer.ts'
import { type MoneyModel, total } from './money.ts'

/** Every equation of the ledger that is not true now. */
export function brokenEquations(model: MoneyModel): string[] {
  const { ledger } = model
  const broken: string[] = []
  const expect = (what: string, left: number, right: number) => {
    if (left !== right) broken.push(`${what}: ${left} instead of ${right}`)
  }
  for (const campaign of model.campaigns) {
    const { campaignId, parts, face, boxes, of } = campaign
    const activated = boxes.reduce((sum, { vouchers }) => sum + vouchers, 0)
    const frozen = total(of, (one) => one.frozen)
    const reversed = total(of, (one) => one.reversed)
    const earnable = total(of, (one) => one.open) + model.outstanding(campaign)
    const sumOf = (...kinds: AccountKind[]) => kinds.reduce((sum, kind) => sum + ledger.total(kind, campaignId), 0)
    const assets = sumOf('bank', 'owes')
    expect(`assets of ${campaignId}`, assets, sumOf('available', 'issued', 'expired', 'payable', 'in_payment'))
    if (assets < sumOf('payable', 'in_payment') + face * earnable)
      broken.push(`bank of ${campaignId} covers too little`)
    for (const { funderId, partCents } of parts) {
      const issued = ledger.balance('issued', { campaignId, funderId })
      const moved = (debit: AccountKind, credit: AccountKind) => ledger.sum(debit, credit, campaignId, funderId)
      const expired = moved('issued', 'expired') + moved('payable', 'expired') + moved('owes', 'expired')
      const back = moved('payable', 'issued') + moved('owes', 'issued') + expired - moved('issued', 'expired')
      expect(`issued of ${funderId}`, issued, partCents * earnable)
      expect(`accrued of ${funderId}`, moved('issued', 'payable'), partCents * frozen)
      expect(`reversed of ${funderId}`, back, partCents * reversed)
      const corrected = partCents * total(of, (one) => one.corrected)
      expect(`corrected of ${funderId}`, moved('owes', 'available'), corrected)
      expect(`activated of ${funderId}`, issued + partCents * (frozen - reversed) + expired, partCents * activated)
    }
    for (const [at, counts] of of.entries()) {
      const own = { campaignId, organisationId: `${at}` }
      const moved = (debit: AccountKind, credit: AccountKind) => ledger.sum(debit, credit, campaignId, `${at}`)
      const paid =
        moved('in_payment', 'bank') - moved('bank', 'in_payment') - moved('bank', 'owes') + moved('payable', 'bank')
      const held = ledger.balance('payable', own) + ledger.balance('in_payment', own) - ledger.balance('owes', own)
      const given = moved('reserve', 'payable') - moved('owes', 'available')
      expect(`organisation ${at} in ${campaignId}`, held + paid, face * (counts.frozen - counts.reversed) + given)
    }
  }
  expect('netting across campaigns', ledger.unmetNetting, 0)
  const common = ledger.balance('bank', {})
  expect('what is no campaign’s', common, ledger.total('reserve') + ledger.total('suspense'))
  expect('what is in suspense', ledger.total('suspense'), model.inSuspense)
  if (ledger.total('owes') > ledger.total('reserve')) broken.push('the reserve covers too little')
  return broken
}
