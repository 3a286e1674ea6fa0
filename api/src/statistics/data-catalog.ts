/**
 * The datasets in DCAT-AP, as JSON-LD, so that a national portal can harvest them. Addresses are absolute; dates are those of the
 * releases, or of the newest change of a register. Pure.
 */

import { lastDayOfMonth } from '../shared/days.ts'
import type { Translate } from '../shared/messages.ts'
import type { Dataset } from './dataset.ts'
import { type ExportFormat, exportTypes } from './dataset-file.ts'
import type { DatasetExtent } from './dataset-queries.ts'
import { firstMonthOf } from './release.ts'

const context = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const
/** As data.gouv.fr and the EU's vocabularies name them. */
const etalab = 'https://www.etalab.gouv.fr/licence-ouverte-open-licence'
const authority = 'http://publications.europa.eu/resource/authority'
const fileTypes: Record<ExportFormat, string> = { csv: 'CSV', json: 'JSON', xlsx: 'XLSX', parquet: 'PARQUET' }

const id = (address: string) => ({ '@id': address })
const french = (text: string) => ({ '@language': 'fr', '@value': text })
const date = (day: string) => ({ '@type': 'xsd:date', '@value': day })

export type CatalogFacts = {
  publicUrl: string
  t: Translate
  departments: readonly string[]
  datasets: readonly { dataset: Dataset; extent: DatasetExtent }[]
}

/** The last day of a month, quarter or year. */
function lastDayOfSpan(span: string): string {
  const first = firstMonthOf(span)
  const months = span.includes('Q') ? 2 : span.length === 4 ? 11 : 0
  const month = String(Number(first.slice(5, 7)) + months).padStart(2, '0')
  return lastDayOfMonth(`${first.slice(0, 4)}-${month}-01`)
}

const exportAddress = (publicUrl: string, dataset: Pick<Dataset, 'id'>, format: ExportFormat) =>
  `${publicUrl}/api/explore/v2.1/catalog/datasets/${dataset.id}/exports/${format}`

/** The words that a dataset is found by. */
export const keywordsOf = ({ kind }: Dataset, t: Translate): string[] =>
  t(kind === 'counts' ? 'data.catalog.keywords' : 'data.sheets.keywords').split(', ')

/** A `dcat:Catalog` with its datasets and their files. */
export function catalogOf({ publicUrl, t, departments, datasets }: CatalogFacts) {
  const publisher = {
    '@id': `${publicUrl}/#publisher`,
    '@type': ['foaf:Agent', 'foaf:Organization'],
    'foaf:name': t('data.publisher'),
    'foaf:homepage': id(publicUrl),
  }
  const spatial = departments.map((code) => id(`http://id.insee.fr/geo/departement/${code}`))
  return {
    '@context': context,
    '@id': `${publicUrl}/catalog.jsonld`,
    '@type': 'dcat:Catalog',
    'dct:title': french(t('data.title')),
    'dct:description': french(t('data.lede')),
    'dct:language': id(`${authority}/language/FRA`),
    'dct:license': id(etalab),
    'dct:publisher': publisher,
    'foaf:homepage': id(`${publicUrl}/donnees`),
    'dcat:dataset': datasets.map((one) => datasetOf(one, { publicUrl, t, publisher, spatial })),
  }
}

type Shared = Pick<CatalogFacts, 'publicUrl' | 't'> & { publisher: { '@id': string }; spatial: object[] }

function datasetOf(
  { dataset, extent }: CatalogFacts['datasets'][number],
  { publicUrl, t, publisher, spatial }: Shared,
) {
  const address = `${publicUrl}/donnees/jeux/${dataset.id}`
  const title = t(`data.table.${dataset.slug}`)
  const { first, last, modified } = extent
  const isCounts = dataset.kind === 'counts'
  return {
    '@id': address,
    '@type': 'dcat:Dataset',
    'dct:identifier': dataset.id,
    'dct:title': french(isCounts ? t('data.catalog.dataset', { title }) : title),
    'dct:description': french(
      `${t(`data.table.${dataset.slug}.says`)} ${t(isCounts ? 'data.catalog.rules' : 'data.sheets.rules')}`,
    ),
    'dcat:keyword': keywordsOf(dataset, t).map(french),
    'dcat:landingPage': id(address),
    'dct:license': id(etalab),
    'dct:language': id(`${authority}/language/FRA`),
    'dct:accessRights': id(`${authority}/access-right/PUBLIC`),
    'dct:accrualPeriodicity': id(`${authority}/frequency/${dataset.every}`),
    'dcat:theme': id(`${authority}/data-theme/SOCI`),
    'dct:publisher': id(publisher['@id']),
    'dct:spatial': isCounts ? spatial : id(`${authority}/country/FRA`),
    ...(modified && { 'dct:modified': date(modified) }),
    ...(first &&
      last && {
        'dct:temporal': {
          '@type': 'dct:PeriodOfTime',
          'dcat:startDate': date(firstMonthOf(first)),
          'dcat:endDate': date(lastDayOfSpan(last)),
        },
      }),
    'dcat:distribution': (Object.keys(exportTypes) as ExportFormat[]).map((format) => ({
      '@id': `${address}#${format}`,
      '@type': 'dcat:Distribution',
      'dct:title': french(`${title} (${format})`),
      'dct:description': french(t('data.catalog.file', { format })),
      'dcat:accessURL': id(address),
      'dcat:downloadURL': id(exportAddress(publicUrl, dataset, format)),
      'dcat:mediaType': id(`https://www.iana.org/assignments/media-types/${exportTypes[format].split(';')[0]}`),
      'dct:format': id(`${authority}/file-type/${fileTypes[format]}`),
      'dct:license': id(etalab),
      ...(modified && { 'dct:modified': date(modified) }),
      ...(format === 'csv' && { 'dct:conformsTo': id(`${publicUrl}/donnees/jeux/${dataset.id}/schema.json`) }),
    })),
  }
}
