import { communeFinder } from '@carnet/api/territories/commune.ts'
import { expect, test } from 'vitest'

const commune = (code: string, name: string, postalCodes: string[], more = {}) => ({
  ...{ code, name, postalCodes, parentCode: null, formerCodes: [] as string[] },
  ...more,
})
const find = communeFinder([
  commune('16206', 'Mansle-les-Fontaines', ['16230'], { formerCodes: ['16140'] }),
  commune('16026', 'Balzac', ['16430']),
  commune('16078', 'Champniers', ['16430']),
  commune('75056', 'Paris', ['75001', '75011']),
  commune('75111', 'Paris 11e Arrondissement', ['75011'], { parentCode: '75056' }),
  commune('93070', 'Saint-Ouen-sur-Seine', ['93400']),
  commune('39491', 'Coteaux du Lizon', ['39170']),
  commune('39999', 'Coteaux-du-Lizon', ['39170']),
])
const at = (code: string, name = '', postalCode = '') => find({ code, name, postalCode })

test('a code of today is itself, a code of yesterday leads to its successor', () => {
  expect(at('16206')).toBe('16206')
  expect(at('16140')).toBe('16206')
  expect(at('99999')).toBeUndefined()
})

test('an arrondissement leads to its commune', () => {
  expect(at('75111')).toBe('75056')
  expect(at('', 'Paris', '75011')).toBe('75056')
  expect(at('', 'Paris 11e arrondissement', '75011')).toBe('75056')
})

test('without a code, the name decides among the communes of the postcode', () => {
  expect(at('', 'BALZAC', '16430')).toBe('16026')
  expect(at('', 'St Ouen sur Seine', '93400')).toBe('93070')
  expect(at('', 'Balzac', '16000')).toBeUndefined()
})

test('a name that two communes have decides nothing', () => {
  expect(at('', 'Coteaux du Lizon', '39170')).toBeUndefined()
})
