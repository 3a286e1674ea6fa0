import { type AmendmentAsked, callsOfTopUp, checkAmendment, checkSigner } from '@carnet/api/amendments/amendment.ts'
import type { CampaignState } from '@carnet/api/campaigns/campaign.ts'
import { cents, sumCents } from '@carnet/api/shared/money.ts'
import { callState } from '@carnet/api/treasury/call-queries.ts'
import { lowBalance } from '@carnet/api/treasury/low-balance.ts'
import { describe, expect, test } from 'vitest'

const today = '2026-05-20'
const codeOf = (state: CampaignState, asked: AmendmentAsked): string => {
  try {
    checkAmendment({ state, endsOn: '2026-06-30', budgetedBooks: 100 }, asked, today)
    return 'possible'
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('an amendment', () => {
  test('moves the last day later, while the campaign runs or people may still use its vouchers', () => {
    const extend = (state: CampaignState, endsOn = '2026-07-31') => codeOf(state, { kind: 'extension', endsOn })
    expect((['agreed', 'open', 'ending'] as const).map((state) => extend(state))).toEqual(Array(3).fill('possible'))
    expect(extend('open', '2026-06-30')).toBe('end_comes_earlier')
    expect(extend('draft')).toBe('campaign_is_draft')
    expect(extend('uploads_closed')).toBe('campaign_is_uploads_closed')
    const late = () =>
      checkAmendment(
        { state: 'ending', endsOn: '2026-05-01', budgetedBooks: 100 },
        { kind: 'extension', endsOn: '2026-05-10' },
        today,
      )
    expect(late).toThrow(expect.objectContaining({ code: 'end_comes_too_soon' }))
  })

  test('is signed by somebody else than who proposed it, whatever roles one person has', () => {
    expect(() => checkSigner({ proposedBy: 'a' }, 'a')).toThrow(expect.objectContaining({ code: 'same_person' }))
    expect(() => checkSigner({ proposedBy: 'a' }, 'b')).not.toThrow()
  })

  test('ends a campaign early, and leaves people thirty days', () => {
    const end = (state: CampaignState, endsOn: string | null) => codeOf(state, { kind: 'cancellation', endsOn })
    expect(end('draft', null)).toBe('possible')
    expect(end('agreed', null)).toBe('possible')
    expect(end('open', '2026-06-19')).toBe('possible')
    expect(end('open', '2026-06-18')).toBe('end_comes_too_soon')
    expect(end('open', '2026-06-30')).toBe('end_comes_later')
    expect(end('open', null)).toBe('end_day_missing')
    expect(end('ending', '2026-06-29')).toBe('campaign_is_ending')
  })

  test('raises the budget; each funder pays its part of every voucher, to the cent', () => {
    const raise = (state: CampaignState, budgetedBooks: number) => codeOf(state, { kind: 'top_up', budgetedBooks })
    expect(raise('open', 101)).toBe('possible')
    expect(raise('open', 100)).toBe('budget_gets_smaller')
    expect(raise('ending', 200)).toBe('campaign_is_ending')
    const parts = [333, 333, 334].map((part, at) => ({ funderId: `${at}`, partCents: cents(part) }))
    const calls = callsOfTopUp({ bookSize: 10, budgetedBooks: 100 }, parts, 103)
    expect(calls.map(({ amountCents }) => amountCents)).toEqual([9990, 9990, 10_020])
    expect(sumCents(calls.map(({ amountCents }) => amountCents))).toBe(3 * 10 * 1000)
  })
})

test('a call is overdue until it is paid whole', () => {
  const call = (received: number, dueOn: string) =>
    callState({ amountCents: cents(100), receivedCents: cents(received), dueOn }, today)
  expect([call(0, today), call(99, today), call(100, today)]).toEqual(['waiting', 'part', 'paid'])
  expect([call(99, '2026-05-19'), call(100, '2026-05-19')]).toEqual(['overdue', 'paid'])
})

describe('the balance is low', () => {
  const facts = {
    ...{ faceValueCents: cents(1000), bookSize: 10, budgetedBooks: 100, activeBooks: 60, orderedBooks: 20 },
    ...{ lowBalancePercent: 10 },
  }
  const low = (state: number, city: number, change = {}) =>
    lowBalance({
      ...facts,
      funders: [
        { partCents: cents(350), availableCents: cents(state) },
        { partCents: cents(650), availableCents: cents(city) },
      ],
      ...change,
    })

  test('when one funder’s part does not cover what is ordered, however much another has', () => {
    expect(low(70_000, 130_000)).toBeNull()
    expect(low(69_999, 1_000_000)).toEqual({ reason: 'below_orders', leftCents: 199_000, neededCents: 200_000 })
  })

  test('below the share that was agreed, unless all books of the budget are active', () => {
    expect(low(35_000, 65_000, { orderedBooks: 0 })).toBeNull()
    expect(low(34_999, 65_000, { orderedBooks: 0 })?.reason).toBe('below_share')
    expect(low(34_999, 65_000)?.reason).toBe('below_orders')
    expect(low(0, 0, { orderedBooks: 0, lowBalancePercent: 0 })).toBeNull()
    expect(low(0, 0, { orderedBooks: 0, activeBooks: 100 })).toBeNull()
  })
})
