import { readFileSync } from 'node:fs'
import { readCatalogueCsv } from '@carnet/api/catalogue/catalogue-file.ts'
import { makeCataloguePdf } from '@carnet/api/pages/public/catalogue-pdf.ts'
import { formatsOf } from '@carnet/api/shared/formats.ts'
import { translate } from '@carnet/api/shared/messages.ts'
import { expect, test } from 'vitest'

const csv = readFileSync(new URL('../../db/seeds/catalogue-129.csv', import.meta.url), 'utf8')
const { themes, services } = readCatalogueCsv(csv)
const version = {
  ...{ id: 'v', number: 3, state: 'published' as const, publishedFrom: '2026-01-01', createdOn: '2025-12-01' },
}
const pdfOf = (locale: 'fr' | 'en') =>
  makeCataloguePdf({
    ...{ t: translate(locale), formats: formatsOf(locale), locale },
    catalogue: { version, themes, services: services.map((service) => ({ ...service, versionId: 'v' })) },
  })

test('the printed catalogue is a document that a reader can hear, the same bytes each time', async () => {
  const pdf = Buffer.from(await pdfOf('fr'))
  expect(Buffer.from(await pdfOf('fr')).equals(pdf)).toBe(true)
  const text = pdf.toString('latin1')
  expect(text).toMatch(/^%PDF-/)
  expect(text).toContain('/Marked true')
  expect(text).toContain('/Lang (fr)')
  expect(Number(/\/Type \/Pages\n\/Count (\d+)/.exec(text)?.[1])).toBeGreaterThan(5)
  expect(Buffer.from(await pdfOf('en')).equals(pdf)).toBe(false)
})
