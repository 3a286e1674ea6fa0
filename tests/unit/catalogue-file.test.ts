import { readFileSync } from 'node:fs'
import { readCatalogueCsv, referenceCounts } from '@carnet/api/catalogue/catalogue-file.ts'
import { nationalServices } from '@carnet/api/catalogue/national-services.ts'
import { expect, test } from 'vitest'

const csv = readFileSync(new URL('../../db/seeds/catalogue-129.csv', import.meta.url), 'utf8')
const codeOf = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    return (error as { code: string }).code
  }
  return 'none'
}

test('the reference catalogue has 129 services in 12 themes, each code and title once', () => {
  const { services, themes } = readCatalogueCsv(csv, referenceCounts)
  expect(services).toHaveLength(129)
  expect(themes).toHaveLength(12)
  expect(new Set(services.map((service) => service.code)).size).toBe(129)
  expect(new Set(services.map((service) => service.title)).size).toBe(129)
})

test('each service maps to a service of the national standard', () => {
  for (const { nationalService } of readCatalogueCsv(csv).services) expect(nationalServices).toContain(nationalService)
})

const lines = csv.trim().split('\n')
const [header, first, second] = lines as [string, string, string]

test.each([
  ['one service less', lines.slice(0, -1), 'catalogue_incomplete'],
  ['a code twice', [...lines.slice(0, -1), first], 'catalogue_value_repeated'],
  ['a title twice', [header, first, first.replace('A01', 'A02')], 'catalogue_value_repeated'],
  ['a code of another theme', [header, first.replace('A01', 'B01')], 'catalogue_theme_wrong'],
  ['a theme with two titles', [header, first, second.replace('Premiers pas', 'Autres pas')], 'catalogue_theme_wrong'],
  ['an unknown level', [header, first.replace('decouverte', 'expert')], 'catalogue_cell_invalid'],
  ['a duration in words', [header, first.replace(',90,', ',long,')], 'catalogue_cell_invalid'],
  ['only a header', [header], 'catalogue_incomplete'],
  ['an open quote', [header, `${first}"`], 'not_a_csv'],
])('%s is refused', (_what, changed, code) => {
  expect(codeOf(() => readCatalogueCsv(changed.join('\n'), referenceCounts))).toBe(code)
})
