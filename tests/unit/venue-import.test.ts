import { readStandardCsv, writeStandardCsv } from '@carnet/api/venues/national-standard.ts'
import { type KnownVenue, nameStructure, planRows } from '@carnet/api/venues/venue-import.ts'
import { expect, test } from 'vitest'

const place = {
  id: 'a',
  pivot: '22160001800016',
  nom: 'Médiathèque',
  commune: 'Angoulême',
  code_postal: '16000',
  code_insee: '16015',
  adresse: '1 rue X',
  date_maj: '2024-04-02',
}
const other = { ...place, id: 'b', nom: 'Bibliothèque', structure_parente: 'Département de la Charente' }
const noSiret = '0'.repeat(14)

const findCommune = ({ code }: { code: string }) => (code === '16015' ? code : undefined)
const plan = (rows: Record<string, string>[], venues: KnownVenue[] = []) => {
  const file = readStandardCsv(writeStandardCsv(rows))
  const names = new Map<string, string>()
  for (const { cells } of file.rows) nameStructure(names, cells)
  const checked = file.rows.map((row) => ({ ...row, errors: file.errors.filter((error) => error.row === row.row) }))
  return planRows(checked, names, { findCommune, venues })
}

/** The venue that a row becomes once it is written. */
const known = (row: Record<string, string>, siret: string | null = row.pivot!): KnownVenue => ({
  ...plan([row]).venues[0]!.values,
  id: 'venue',
  organisationId: 'organisation',
  siret,
})

test('several places of one SIRET have one payee, named as the first row that names it', () => {
  expect(plan([place, other]).venues.map(({ payee }) => payee)).toEqual([
    { kind: 'by_siret', siret: place.pivot, legalName: 'Département de la Charente' },
    { kind: 'by_siret', siret: place.pivot, legalName: 'Département de la Charente' },
  ])
})

test('a place without SIRET is run by the structure it names, else by itself, and never by one that is paid', () => {
  const rows = [
    { ...place, pivot: noSiret },
    { ...other, pivot: noSiret },
    { ...place, id: 'c', pivot: 'W161000001' },
  ]
  expect(plan(rows).venues.map(({ payee }) => payee)).toEqual([
    { kind: 'own', legalName: 'Médiathèque' },
    { kind: 'by_name', legalName: 'Département de la Charente' },
    { kind: 'own', legalName: 'Médiathèque' },
  ])
})

test('the same row again changes nothing, another cell updates the venue', () => {
  expect(plan([place], [known(place)]).venues[0]!.outcome).toBe('unchanged')
  expect(plan([{ ...place, horaires: 'Mo-Fr 09:00-12:00' }], [known(place)]).venues[0]!.outcome).toBe('updated')
})

test('an import never changes who is paid', () => {
  const { errors, venues } = plan([{ ...place, pivot: '21160089500018' }], [known(place)])
  expect(errors).toMatchObject([{ row: 2, column: 'pivot', value: '21160089500018', code: 'payee_would_change' }])
  expect(venues).toEqual([])
})

test('a SIRET found later is taken; one that is no longer told is not forgotten', () => {
  const withoutSiret = known({ ...place, pivot: noSiret }, null)
  expect(plan([place], [withoutSiret]).venues[0]!.payee).toMatchObject({ kind: 'by_siret', siret: place.pivot })
  const forgotten = plan([{ ...place, pivot: noSiret }], [known(place)])
  expect(forgotten.venues[0]!.payee).toEqual({ kind: 'known', organisationId: 'organisation' })
})

test.each([
  ['pivot', '22160001800017', 'siret_checksum_wrong'],
  ['code_insee', '16999', 'commune_unknown'],
  ['latitude', '95.5', 'cell_out_of_range'],
])('a wrong %s leaves its row out and the others in', (column, value, code) => {
  const { errors, venues } = plan([{ ...place, [column]: value }, other])
  expect(errors).toMatchObject([{ row: 2, column, value, code }])
  expect(venues.map(({ row }) => row)).toEqual([3])
})

test('a place is on the map with both coordinates or with none', () => {
  expect(plan([{ ...place, latitude: '45.6' }]).venues[0]!.values).toMatchObject({ latitude: null, longitude: null })
})

test('what a file does not say, or says later than it was known, is kept', () => {
  const before = known({
    ...place,
    horaires: 'Mo-Fr 09:00-12:00',
    epci: 'GrandAngoulême',
    latitude: '45.6',
    longitude: '0.1',
  })
  expect(plan([place], [before]).venues[0]).toMatchObject({
    outcome: 'unchanged',
    values: { openingHours: 'Mo-Fr 09:00-12:00', latitude: 45.6, standardRow: { epci: 'GrandAngoulême' } },
  })
  const older = { ...place, date_maj: '2023-01-01', nom: 'Ancien nom', telephone: '+33545000000' }
  expect(plan([older], [before]).venues[0]!.values).toMatchObject({
    name: 'Médiathèque',
    standardRow: { telephone: '+33545000000', date_maj: '2024-04-02' },
  })
})

test('a place that moved takes its new address whole: the old pin would mislead', () => {
  const before = known({ ...place, latitude: '45.6', longitude: '0.1', complement_adresse: '2e étage' })
  expect(plan([{ ...place, adresse: '8 rue Y' }], [before]).venues[0]!.values).toMatchObject({
    address: '8 rue Y',
    latitude: null,
  })
})

test('a venue met under another id keeps its own', () => {
  const venue = { ...known(place), askedId: 'other-source-9' }
  const [planned] = plan([{ ...place, id: 'other-source-9', nom: 'Médiathèque Alpha' }], [venue]).venues
  expect(planned).toMatchObject({ outcome: 'updated', values: { standardId: 'a', name: 'Médiathèque Alpha' } })
  expect(planned!.values.standardRow.id).toBe('a')
})
