import { readTerritories } from '@carnet/api/territories/territory-files.ts'
import { expect, test } from 'vitest'

const { communes, epcis, departments, regions, vintage } = await readTerritories()
const byCode = new Map(communes.map((commune) => [commune.code, commune]))

test('the official code of 2026 has its communes and the 45 arrondissements of Paris, Lyon and Marseille', () => {
  expect(vintage).toBe(2026)
  expect(communes).toHaveLength(34_969 + 45)
  expect(communes.filter((commune) => commune.parent_code !== null)).toHaveLength(45)
  expect([epcis.length, departments.length, regions.length]).toEqual([1255, 109, 26])
})

test('a commune knows its EPCI, its département and the codes it had', () => {
  expect(byCode.get('16102')).toMatchObject({ name: 'Cognac', department_code: '16', epci_code: '200070514' })
  expect(byCode.get('16206')!.former_codes).toContain('16140')
  expect(byCode.get('29083')).toMatchObject({ name: 'Île-de-Sein', epci_code: null })
})

test('an arrondissement is part of its commune, and of its EPCI', () => {
  expect(byCode.get('69381')).toMatchObject({ parent_code: '69123', epci_code: byCode.get('69123')!.epci_code })
})

test('a former code leads to one commune and is no commune of today', () => {
  const former = communes.flatMap((commune) => commune.former_codes)
  expect(former.length).toBeGreaterThan(2000)
  expect(former.filter((code) => byCode.has(code))).toEqual([])
})
