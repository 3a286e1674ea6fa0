import { readFileSync } from 'node:fs'
import { chapters, inventoryDocument, lineOf, tablesOfSchema } from '@carnet/db/inventory'
import { expect, test } from 'vitest'

const schema = tablesOfSchema()
const inventory = new Map(Object.values(chapters).flatMap((tables) => Object.entries(tables)))

test('every table of the schema is in the inventory once, and none besides', () => {
  const listed = Object.values(chapters).flatMap((tables) => Object.keys(tables))
  expect(listed.sort()).toEqual([...schema.keys()].sort())
})

test('every column has a line that says why, and every line a column', () => {
  const missing: string[] = []
  const idle: string[] = []
  for (const [name, columns] of schema) {
    const table = inventory.get(name)
    if (!table) continue
    missing.push(...columns.filter((column) => !lineOf(table, column)).map((column) => `${name}.${column}`))
    const lines = Object.keys(table.columns ?? {})
    idle.push(...lines.filter((column) => !columns.includes(column)).map((column) => `${name}.${column}`))
  }
  expect({ missing, idle }).toEqual({ missing: [], idle: [] })
})

test('what is near a use of a voucher tells of no worker, no phone and no time', () => {
  const near = [...inventory].filter(([, { about }]) => about === 'use').map(([name]) => name)
  expect(near.sort()).toEqual(['redemptions', 'scan_receipts'])
  for (const name of near)
    expect(schema.get(name)!.filter((column) => /[pP]erson|[dD]evice|label|[nN]ame|At$|On$/.test(column))).toEqual([])
})

test('docs/data-inventory.md is what npm run docs:inventory writes', () => {
  expect(readFileSync('docs/data-inventory.md', 'utf8')).toBe(inventoryDocument())
})
