import { tellStrayError } from '@carnet/api/stray-errors.ts'
import { expect, test } from 'vitest'

function tell(reason: unknown) {
  const lines: string[] = []
  let stopped = false
  tellStrayError(reason, { log: (line) => void lines.push(line), stop: () => (stopped = true) })
  return { lines, stopped }
}
const withStack = (error: Error, frame: string) => Object.assign(error, { stack: `${error.name}: x\n    at ${frame}` })
const nullWrite = "Cannot read properties of null (reading 'write')"

test.each([
  ['a connection that ended', Object.assign(new Error('sEcReT'), { code: 'CONNECTION_CLOSED' })],
  ['a database that was shut down', Object.assign(new Error('sEcReT'), { code: '57P01' })],
  [
    'the driver, writing to an ended connection',
    withStack(new TypeError(nullWrite), 'Immediate.nextWrite (file:///x/postgres/src/connection.js:255:22)'),
  ],
])('%s is one line without its words, and the server goes on', (_, error) => {
  const { lines, stopped } = tell(error)
  expect(lines).toHaveLength(1)
  expect(lines[0]).not.toContain('sEcReT')
  expect(stopped).toBe(false)
})

test.each([
  ['a bug of ours', new TypeError('sEcReT')],
  [
    'the same words from another place',
    withStack(new TypeError(nullWrite), 'write (file:///x/api/src/pages/a.ts:1:1)'),
  ],
  ['what is no error', 'sEcReT'],
])('%s is one line without its words, and the server stops in good order', (_, error) => {
  const { lines, stopped } = tell(error)
  expect(lines).toHaveLength(1)
  expect(lines[0]).not.toContain('sEcReT')
  expect(stopped).toBe(true)
})
