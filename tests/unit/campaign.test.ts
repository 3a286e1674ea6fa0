import {
  type CampaignEvent,
  campaignStates,
  checkParts,
  checkTerms,
  dueEvent,
  stateAfter,
  type Terms,
  transitions,
} from '@carnet/api/campaigns/campaign.ts'
import { cents } from '@carnet/api/shared/money.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const terms: Terms = {
  name: 'Campagne',
  payingAccountId: 'a',
  faceValueCents: cents(1000),
  bookSize: 10,
  budgetedBooks: 50,
  startsOn: '2026-03-01',
  endsOn: '2026-06-30',
  graceDays: 31,
  targetPublic: 'Tous',
  objectives: 'Autonomie',
  funders: [{ funderId: 'f', partCents: cents(1000) }],
  services: null,
  venues: null,
  territory: null,
}
const refusal = (code: string) => expect.objectContaining({ code })

describe('the life of a campaign', () => {
  test('goes one way, except that an agreed one may be drafted anew', () => {
    const path: CampaignEvent[] = ['agree', 'amend', 'agree', 'open', 'end', 'close_uploads', 'close']
    expect(path.reduce(stateAfter, 'draft' as const)).toBe('closed')
  })

  test.each(campaignStates)('%s refuses every event that is not its own', (state) => {
    for (const event of ['agree', 'amend', 'open', 'end', 'close_uploads', 'close'] as const)
      if (!transitions[state][event]) expect(() => stateAfter(state, event)).toThrow(refusal(`campaign_is_${state}`))
  })

  test('ends after its last day, takes uploads for grace and five days more, then closes', () => {
    const on = (state: Parameters<typeof dueEvent>[0]['state'], today: string) => dueEvent({ ...terms, state }, today)
    expect(on('open', '2026-06-30')).toBeNull()
    expect(on('open', '2026-07-01')).toBe('end')
    expect(on('ending', '2026-08-05')).toBeNull()
    expect(on('ending', '2026-08-06')).toBe('close_uploads')
    expect(on('uploads_closed', '2026-08-06')).toBe('close')
    expect(on('agreed', '2027-01-01')).toBeNull()
    expect(on('closed', '2027-01-01')).toBeNull()
  })
})

describe('terms', () => {
  test.each([
    ['a face value in cents', { faceValueCents: cents(1050) }, 'face_value_not_whole_euros'],
    ['49 books', { budgetedBooks: 49 }, 'too_few_books'],
    ['an end before the start', { endsOn: '2026-02-28' }, 'ends_before_it_starts'],
    ['one funder twice', { funders: [terms.funders[0]!, terms.funders[0]!] }, 'funder_given_twice'],
  ])('%s is refused', (_, change, code) => {
    expect(() => checkTerms({ ...terms, ...change })).toThrow(refusal(code))
  })

  test('the parts of a voucher are its face value, to the cent', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 5000 }).map(cents), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(parts, fc.integer({ min: -3, max: 3 }), (amounts, wrongBy) => {
        const faceValue = cents(amounts.reduce((sum, amount) => sum + amount, 0) + wrongBy)
        const check = () =>
          checkParts(
            faceValue,
            amounts.map((partCents) => ({ partCents })),
          )
        if (wrongBy === 0) check()
        else expect(check).toThrow(refusal('parts_do_not_add_up'))
      }),
    )
  })
})
