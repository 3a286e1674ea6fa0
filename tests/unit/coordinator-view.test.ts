import { actOf, linesOf, paidLines, spacedHash } from '@carnet/api/pages/coordinator/batch-view.ts'
import { changesOf, foundIn } from '@carnet/api/pages/coordinator/catalogue-view.ts'
import { daysLate, subjectsOf } from '@carnet/api/pages/coordinator/home-view.ts'
import { blockersOf, sealingBlockersOf } from '@carnet/api/pages/coordinator/period-view.ts'
import { addDays } from '@carnet/api/shared/days.ts'
import { cents } from '@carnet/api/shared/money.ts'
import type { PeriodRow } from '@carnet/api/statistics/scheme-queries.ts'
import { type WaitingGroup, waitingKinds } from '@carnet/api/statistics/waiting-queries.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const today = '2026-11-21'
const nothing = { count: 0, cents: 0 }
const facts = { groups: [], payable: nothing, unpayable: nothing, stocks: [], today, nextPayoutOn: '2026-12-07' }
const group = (change: Partial<WaitingGroup>): WaitingGroup => ({
  ...{
    kind: 'proof',
    count: 1,
    size: 10,
    cents: null,
    since: '2026-11-01',
    due: null,
    id: 'i',
    parent: 'p',
    name: 'n',
  },
  ...change,
})

describe('what waits', () => {
  test('stands by deadline, then the oldest first', () => {
    const groups = [
      group({ kind: 'qualification', since: '2026-11-02' }),
      group({ kind: 'bank_account', since: '2026-10-02' }),
      group({ kind: 'batch_frozen', due: '2026-11-25' }),
      group({ kind: 'review', due: '2026-11-23' }),
    ]
    const kinds = subjectsOf({ ...facts, groups }).map(({ kind }) => kind)
    expect(kinds).toEqual(['review', 'batch_frozen', 'bank_account', 'qualification'])
  })

  test('never leaves by age', () => {
    const day = fc.option(fc.integer({ min: -4000, max: 4000 }).map((days) => addDays(today, days)))
    const kind = fc.constantFrom(...waitingKinds)
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ kind, since: day, due: day }), { selector: (item) => item.kind }),
        (items) => {
          const groups = items.map((item) => group(item))
          expect(new Set(subjectsOf({ ...facts, groups }).map((subject) => subject.kind))).toEqual(
            new Set(items.map((item) => item.kind)),
          )
        },
      ),
    )
  })

  test('tells of money in no batch, unless a draft shows it already', () => {
    const payable = { count: 2, cents: 5000 }
    expect(subjectsOf({ ...facts, payable })).toMatchObject([
      { kind: 'to_pay', size: 2, cents: 5000, due: '2026-12-07' },
    ])
    const drafted = subjectsOf({ ...facts, payable, groups: [group({ kind: 'batch_draft', id: 'b' })] })
    expect(drafted).toMatchObject([{ kind: 'batch_draft', href: '/coordination/remises/b' }])
  })

  test('tells of a campaign thirty days before its end, and no longer after it', () => {
    const ending = (endsOn: string) =>
      subjectsOf({ ...facts, stocks: [{ id: 'c', name: 'C', activeInStock: 3, endsOn }] })
    expect(ending('2026-12-21')).toMatchObject([{ kind: 'ending', size: 3 }])
    expect(ending('2026-12-22')).toEqual([])
    expect(ending('2026-11-20')).toEqual([])
  })

  test('is late from the day after', () => {
    expect([
      daysLate('2026-11-22', today),
      daysLate(today, today),
      daysLate('2026-11-19', today),
      daysLate(null, today),
    ]).toEqual([0, 0, 2, 0])
  })
})

describe('a batch', () => {
  const person = (role: 'coordinator' | 'finance_approver' | 'auditor', personId: string) => ({ role, personId })
  test.each([
    ['draft', person('coordinator', 'a'), 'freeze'],
    ['draft', person('finance_approver', 'b'), 'none'],
    ['frozen', person('finance_approver', 'b'), 'approve'],
    ['frozen', person('finance_approver', 'a'), 'wait_for_other'],
    ['frozen', person('coordinator', 'b'), 'wait_for_other'],
    ['frozen', person('auditor', 'c'), 'wait_for_other'],
    ['approved', person('finance_approver', 'b'), 'export'],
    ['approved', person('coordinator', 'a'), 'none'],
    ['exported', person('auditor', 'c'), 'download'],
    ['sent', person('coordinator', 'a'), 'download'],
  ] as const)('that is %s, before %o, offers %s', (state, reader, act) => {
    expect(actOf({ state, preparedBy: 'a' }, reader)).toBe(act)
  })

  const payee = {
    iban: 'FR7630006000011234567890189',
    bic: 'AGRIFRPP',
    holderName: 'S',
    siret: null,
    legalName: 'Structure',
  }
  const proposal = {
    organisationId: 'o',
    payingAccountId: 'p',
    amountCents: cents(3000),
    payee,
    bankAccountId: 'k',
    lines: [{ campaignId: 'c', amountCents: cents(3000) }],
  }
  const row = {
    id: 'y',
    organisationId: 'o',
    organisation: 'Autre',
    siret: null,
    iban: payee.iban,
    bic: payee.bic,
    vouchers: 1,
    cents: 1000,
    campaigns: 'C',
    state: 'booked',
    endToEndId: 'e',
    failureReason: null,
    bookedOn: null,
  }

  test('shows what freezing would write, then only what was written; never a whole IBAN', () => {
    const draft = linesOf(
      { state: 'draft' },
      [],
      [proposal],
      new Map([['c', { name: 'Campagne', faceValueCents: cents(1000) }]]),
    )
    expect(draft).toMatchObject([
      {
        ...{ organisation: 'Structure', campaigns: 'Campagne', cents: 3000, vouchers: 3, state: null },
        ...{ account: 'FR76 **** 0189', bic: 'AGRIFRPP' },
      },
    ])
    const frozen = linesOf({ state: 'frozen' }, [row], [proposal], new Map())
    expect(frozen).toHaveLength(1)
    expect(JSON.stringify([draft, frozen])).not.toContain(payee.iban)
  })

  test('adds up the lines that still take money', () => {
    const lines = linesOf(
      { state: 'sent' },
      ['booked', 'pending', 'rejected', 'withdrawn', 'returned', 'accepted'].map((state) => ({ ...row, state })),
      [],
      new Map(),
    )
    expect(paidLines(lines).map(({ state }) => state)).toEqual(['booked', 'pending', 'accepted'])
    expect(spacedHash('0123456789abcdef')).toBe('0123 4567 89ab cdef')
  })
})

describe('a month', () => {
  const month = {
    id: 3,
    month: '2026-09-01',
    state: 'frozen',
    closedOn: null,
    frozenOn: null,
    sealedOn: null,
    isAbandoned: false,
    auditHash: null,
    accepted: 9,
    statements: 2,
    statementCents: 1,
    missingStatements: 0,
    openReviews: 0,
  } as const
  const asked = { today, hasKey: () => true }

  test('that has what it needs is held up by nothing', () => {
    expect(blockersOf(month, asked)).toEqual([])
  })

  test('says each thing that holds it up', () => {
    expect(
      blockersOf({ ...month, missingStatements: 1, openReviews: 2 }, { today: '2026-11-29', hasKey: () => false }),
    ).toEqual(['statements', 'reviews', 'key', 'late'])
    expect(blockersOf({ ...month, state: 'open', month: '2026-10-01' }, asked)).toEqual(['late'])
    expect(blockersOf({ ...month, state: 'sealed' }, { ...asked, hasKey: () => false })).toEqual([])
    expect(blockersOf({ ...month, isAbandoned: true }, { ...asked, hasKey: () => false })).toEqual([])
  })

  test('is sealed when it is over, frozen, complete, the oldest, and 31 days have passed', () => {
    const older = { ...month, id: 1 }
    const of = (change: Partial<PeriodRow>, on = today) =>
      sealingBlockersOf({ ...month, id: 2, ...change }, { ...asked, today: on, rows: [] })
    expect(of({})).toEqual([])
    expect(of({}, '2026-10-30')).toEqual(['too_early'])
    expect(of({ missingStatements: 1, openReviews: 1 })).toEqual(['statements', 'reviews'])
    expect(sealingBlockersOf({ ...month, id: 2 }, { today, hasKey: () => false, rows: [older] })).toEqual([
      'key',
      'older',
    ])
    expect(sealingBlockersOf({ ...month, id: 2, state: 'closed' }, { ...asked, rows: [] })).toEqual(['not_frozen'])
    expect(sealingBlockersOf({ ...month, id: 2, state: 'open' }, { ...asked, rows: [] })).toContain('not_over')
    const sealed = { ...older, state: 'sealed' } as const
    expect(sealingBlockersOf({ ...month, id: 2 }, { ...asked, rows: [sealed] })).toEqual([])
  })
})

describe('the catalogue', () => {
  const service = (change: Record<string, unknown> = {}) => ({
    ...{
      versionId: 'v',
      code: 'D02',
      themeCode: 'D',
      title: 'Gérer ses droits (CAF…)',
      description: 'Créer son espace',
      level: 'autonomie' as const,
    },
    ...{ nationalService: '', durationMinutes: 60, provenance: '', retiredOn: null, replacedBy: null },
    ...change,
  })

  test.each([
    ['d02', 'code'],
    ['caf', 'title'],
    ['espace', 'description'],
    ['démarches', 'theme'],
    ['allocations familiales', 'near'],
    ['', null],
  ])('says of « %s » that it was found by %s', (query, where) => {
    expect(foundIn(query, service(), 'Démarches administratives')).toBe(where)
  })

  test('compares a draft by its wording, not by its version', () => {
    const after = [service({ versionId: 'w' }), service({ code: 'D03', title: 'Avant' })]
    expect(changesOf([service(), service({ code: 'D03', title: 'Avant', versionId: 'x' })], after)).toEqual([])
    const changed = [
      service({ title: 'Gérer ses droits' }),
      service({ code: 'D03', retiredOn: '2027-01-01', replacedBy: 'D02' }),
      service({ code: 'G09', title: 'Neuf' }),
    ]
    expect(changesOf([service(), service({ code: 'D03' })], changed)).toMatchObject([
      { code: 'D02', kind: 'changed', before: 'Gérer ses droits (CAF…)' },
      { code: 'D03', kind: 'retired', replacedBy: 'D02' },
      { code: 'G09', kind: 'added', before: null },
    ])
  })
})
