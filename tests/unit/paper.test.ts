import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { openPaper, write } from '@carnet/api/books/pdf/paper.ts'
import { expect, test } from 'vitest'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

test('a file of many sheets takes no more memory than one of a few', async () => {
  const paper = openPaper({ title: 'Carnet', made: '2026-11-22' })
  const draw = async (from: number) => {
    for (let at = from; at < from + 250; at++) {
      paper.newSheet('portrait')
      for (const line of [1, 2, 3, 4])
        write(paper.doc, `${line}${at}-CARNET`, { x: 9, y: 20 * line, size: 14, font: 'code' })
    }
    await paper.take()
    collect()
    return process.memoryUsage().heapUsed
  }
  const first = await draw(1)
  const grown = (await draw(251)) - first
  // Kept whole, 250 such sheets are some 2 MB.
  expect(grown).toBeLessThan(0.7e6)
  const file = await paper.end()
  expect(file.toString('latin1')).toContain('/Count 500')
})
