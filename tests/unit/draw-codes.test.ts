import { createHash } from 'node:crypto'
import { drawCodes } from '@carnet/api/books/draw-codes.ts'
import { isTrainingCode, trainingCode } from '@carnet/api/books/training-code.ts'
import type { Keyring } from '@carnet/api/keyring/keyring.ts'
import { expect, test } from 'vitest'

const hexOf = (code: Uint8Array) => Buffer.from(code).toString('hex')
/** First attempts are training codes, and the same for two vouchers each. */
const runCode = (_run: string, index: number, attempt: number) =>
  attempt === 0
    ? trainingCode(1 + (index % 255))
    : new Uint8Array([
        0,
        ...createHash('sha256')
          .update(`${index >> 1} ${attempt}`)
          .digest()
          .subarray(0, 7),
      ])
const keyring = { runCode, codeMac: (_kid: number, code: Uint8Array) => hexOf(code) } as unknown as Keyring

test('no drawn code is a training code, none is drawn twice, and none that another run has', async () => {
  const run = { runId: 'run', kid: 1, count: 300 }
  const before = await drawCodes(keyring, run, async () => [])
  const taken = before.codeMacs.slice(0, 20)
  const drawn = await drawCodes(keyring, run, async (macs) => macs.filter((mac) => taken.includes(mac)))
  const codes = drawn.codeMacs.map((_, index) => drawn.codeAt(index))
  expect(codes.filter(isTrainingCode)).toEqual([])
  expect(codes.map(hexOf)).toEqual(drawn.codeMacs)
  expect(new Set(drawn.codeMacs).size).toBe(300)
  expect(drawn.codeMacs.filter((mac) => taken.includes(mac))).toEqual([])
})
