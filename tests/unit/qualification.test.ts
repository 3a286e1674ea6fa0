import {
  checkQualification,
  decisionsFrom,
  type qualificationTransitions,
  stepsTo,
} from '@carnet/api/venues/qualification.ts'
import { expect, test } from 'vitest'

const payable = { siret: '22160001800016' }
const current = (state: keyof typeof qualificationTransitions) =>
  state === 'none' ? undefined : { state, validFrom: '2026-03-01' }

test.each([
  ['none', 'applied'],
  ['applied', 'under_review'],
  ['under_review', 'qualified'],
  ['qualified', 'suspended'],
  ['suspended', 'qualified'],
  ['qualified', 'disqualified'],
  ['disqualified', 'applied'],
] as const)('a venue goes from %s to %s', (from, state) => {
  expect(() => checkQualification(current(from), { state, from: '2026-03-01' }, payable)).not.toThrow()
})

test('a venue is not qualified without a review', () => {
  expect(() => checkQualification(undefined, { state: 'qualified', from: '2026-03-01' }, payable)).toThrow(
    'cannot become',
  )
  expect(() => checkQualification(current('applied'), { state: 'qualified', from: '2026-03-01' }, payable)).toThrow()
})

test('a decision does not rewrite the days before the one it follows', () => {
  expect(() => checkQualification(current('qualified'), { state: 'suspended', from: '2026-02-28' }, payable)).toThrow(
    'cannot start before',
  )
})

test('nobody is qualified without a SIRET that can be paid', () => {
  for (const siret of [null, '00000000000000', '22160001800017'])
    expect(() =>
      checkQualification(current('under_review'), { state: 'qualified', from: '2026-03-01' }, { siret }),
    ).toThrow('Only an organisation with a SIRET')
})

test('who qualifies a venue takes the steps before it; nothing else is passed over', () => {
  expect(stepsTo(undefined, 'qualified')).toEqual(['applied', 'under_review', 'qualified'])
  expect(stepsTo(current('applied'), 'qualified')).toEqual(['under_review', 'qualified'])
  for (const state of ['under_review', 'suspended', 'disqualified'] as const)
    expect(stepsTo(current(state), 'qualified')).toEqual(['qualified'])
  expect(stepsTo(undefined, 'suspended')).toEqual(['suspended'])
  expect(decisionsFrom(undefined)).toEqual(['qualified', 'applied'])
  expect(decisionsFrom(current('qualified'))).toEqual(['suspended', 'disqualified'])
  expect(decisionsFrom(current('disqualified'))).toEqual(['applied'])
})
