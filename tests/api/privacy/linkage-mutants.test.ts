import { hash } from 'node:crypto'
import type { Keyring } from '@carnet/api/keyring/keyring.ts'
import { expect, test } from 'vitest'
import { attackAll, betterThanChance } from '../../helpers/attacks.ts'
import { type Mutant, mutantOf } from '../../helpers/mutants.ts'
import { givenStolenData } from '../../helpers/stolen-data.ts'

const scans = 300

/** The attacks that link every scan, when one thing was done otherwise. */
async function completeAttacksOn(options: { mutant?: Mutant; keyringOf?: (keyring: Keyring) => Keyring }) {
  const { thief, truth } = await givenStolenData({ books: 60, scans, ...options })
  const attacks = betterThanChance(await attackAll(thief, truth))
  return attacks.filter(({ hits }) => hits === scans).map(({ name }) => name)
}

const beforeWriting = '  -- In the order of tags,'
const alsoDo = (name: string, statement: string) =>
  mutantOf(name, 'redeem_scans', [beforeWriting, `${statement}\n${beforeWriting}`])

test('had a scan locked its voucher, the thief would link them all', async () => {
  const lock = 'perform 1 from vouchers v where v.code_mac = any (p_code_macs) for key share;'
  const attacks = await completeAttacksOn({ mutant: alsoDo('the voucher is locked', lock) })
  expect(attacks).toContain('xmax of the voucher, backup, is xmin of the scan')
})

test('had a scan written its voucher, the thief would link them all', async () => {
  const write = 'update vouchers v set is_spent = true where v.code_mac = any (p_code_macs);'
  const attacks = await completeAttacksOn({ mutant: alsoDo('the voucher is written', write) })
  expect(attacks).toContain('xmin of the voucher, backup, is xmin of the scan')
})

test('had a receipt kept a digest without the period’s key, the thief would link them all', async () => {
  const bodyMac: Keyring['bodyMac'] = (_, body) => hash('sha256', body, 'hex').slice(0, 32)
  const attacks = await completeAttacksOn({ keyringOf: (keyring) => ({ ...keyring, bodyMac }) })
  expect(attacks).toContain('receipts are digests of codes, no key')
})

test('had a receipt kept a digest under a key that stays, the thief would link them all', async () => {
  const attacks = await completeAttacksOn({
    keyringOf: (keyring) => ({
      ...keyring,
      bodyMac: (_, body) => keyring.answerMac(Buffer.from(body).toString('hex')),
    }),
  })
  expect(attacks).toContain('receipts are digests of codes, one/answer.key')
})
