import type { StandardRow } from './national-standard.ts'
import { isPayableSiret } from './siret.ts'

const address = ['commune', 'code_postal', 'code_insee', 'adresse', 'complement_adresse', 'latitude', 'longitude']
const whatTellsPlaces = ['commune', 'code_postal', 'adresse']

const filled = (cells: StandardRow): StandardRow =>
  Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== ''))

/**
 * What is known of a venue once a file has spoken of it again. Nothing is forgotten: an empty cell, a column that the file lacks
 * or a file older than what is known replace nothing. An address is taken whole: the map of the old one would mislead.
 */
export function mergeRow(known: StandardRow, told: StandardRow): StandardRow {
  const news = filled(told)
  const isOlder = (told.date_maj ?? '') < (known.date_maj ?? '')
  const hasMoved = !isOlder && whatTellsPlaces.some((column) => known[column] !== news[column])
  const kept = hasMoved ? Object.fromEntries(Object.entries(known).filter(([name]) => !address.includes(name))) : known
  const pivot = isPayableSiret(told.pivot ?? '') ? told.pivot! : known.pivot!
  return { ...(isOlder ? { ...news, ...kept } : { ...kept, ...news }), id: known.id!, pivot }
}
