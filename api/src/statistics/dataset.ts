/**
 * The open data as datasets: columns and a source of rows. Most are counts: every release of one table of the whitelist, or sums of what
 * one table tells. A sum of published counts tells nothing that they do not tell. Two are sheets: what stands today in a public register,
 * which counts no use. Pure.
 */
import { columns as catalogueColumns } from '../catalogue/catalogue-rows.ts'
import { standardColumns } from '../venues/standard-columns.ts'
import type { ReleaseTable } from './release.ts'

export type FieldType = 'text' | 'int' | 'double' | 'date'
type Fields = Readonly<Record<string, FieldType>>

const counted: Fields = {
  ...{ span: 'text', place: 'text', place_name: 'text', subject: 'text', subject_name: 'text' },
  ...{ status: 'text', value: 'int', published_on: 'date' },
}
/** Of sums: from how many counts, and beside how many that are secret. */
const summed: Fields = { ...counted, told: 'int', secret: 'int' }

const ofStandard = ({ format }: (typeof standardColumns)[number]): FieldType =>
  format === 'number' ? 'double' : format === 'date' ? 'date' : 'text'
const venueFields: Fields = Object.fromEntries(standardColumns.map((column) => [column.name, ofStandard(column)]))

const ofCatalogue: Fields = { typical_duration_minutes: 'int', retired_on: 'date' }
const serviceFields: Fields = Object.fromEntries(catalogueColumns.map((name) => [name, ofCatalogue[name] ?? 'text']))

type Described = {
  id: string
  fields: Fields
  /** Columns that tell one row from every other. */
  key: readonly string[]
  /** Columns that may be empty. */
  optional: readonly string[]
  /** How often it grows or changes: a word of the EU's list of frequencies. */
  every: 'DAILY' | 'MONTHLY' | 'QUARTERLY' | 'ANNUAL' | 'IRREG'
}
export type CountsDataset = Described & {
  kind: 'counts'
  table: ReleaseTable
  slug: 'departements' | 'epci' | 'lieux' | 'campagnes' | 'communes' | 'regions' | 'national'
  /** What its rows are sums over, where they are sums. */
  sumsOver?: 'region' | 'nation'
}
export type SheetsDataset = Described & {
  kind: 'sheets'
  slug: 'annuaire' | 'referentiel'
  /** What its page shows, and the column that its page looks in. */
  shown: readonly string[]
  searched: string
}
export type Dataset = CountsDataset | SheetsDataset

type Counts = Pick<CountsDataset, 'id' | 'table' | 'slug' | 'every'> & Partial<Pick<CountsDataset, 'sumsOver'>>
const counts = (facts: Counts): CountsDataset => ({
  ...{ kind: 'counts', key: ['span', 'place', 'subject'], optional: ['subject_name', 'value'] },
  fields: facts.sumsOver ? summed : counted,
  ...facts,
})

export const countsDatasets: readonly CountsDataset[] = [
  counts({
    ...{ id: 'voucher_uses_nat', table: 'R2_epci_month', slug: 'national', sumsOver: 'nation', every: 'MONTHLY' },
  }),
  counts({
    ...{ id: 'voucher_uses_reg', table: 'R2_epci_month', slug: 'regions', sumsOver: 'region', every: 'MONTHLY' },
  }),
  counts({
    id: 'voucher_services_dep',
    table: 'R1_department_service_month',
    slug: 'departements',
    every: 'MONTHLY',
  }),
  counts({ id: 'voucher_uses_epci', table: 'R2_epci_month', slug: 'epci', every: 'MONTHLY' }),
  counts({ id: 'voucher_uses_com', table: 'R5_commune_year', slug: 'communes', every: 'ANNUAL' }),
  counts({ id: 'voucher_themes_venue', table: 'R3_venue_theme_quarter', slug: 'lieux', every: 'QUARTERLY' }),
  counts({ id: 'voucher_themes_campaign', table: 'R4_campaign_theme_quarter', slug: 'campagnes', every: 'QUARTERLY' }),
]

export const sheetsDatasets: readonly SheetsDataset[] = [
  {
    ...{ kind: 'sheets', id: 'venues', slug: 'annuaire', every: 'DAILY', fields: venueFields, key: ['id'] },
    optional: standardColumns.flatMap(({ name, isRequired }) => (isRequired ? [] : [name])),
    ...{ shown: ['nom', 'adresse', 'commune', 'code_insee', 'date_maj'], searched: 'commune' },
  },
  {
    ...{ kind: 'sheets', id: 'catalogue', slug: 'referentiel', every: 'IRREG', fields: serviceFields, key: ['code'] },
    optional: ['description_fr', 'national_service', 'provenance', 'retired_on', 'replaced_by'],
    ...{ shown: ['title_fr', 'code', 'theme_fr', 'level', 'typical_duration_minutes'], searched: 'title_fr' },
  },
]

export const datasets: readonly Dataset[] = [...countsDatasets, ...sheetsDatasets]

export const findDataset = (id: string): Dataset | undefined => datasets.find((dataset) => dataset.id === id)

/** What a cell of a file holds. */
export type RecordValue = string | number | null
export type DatasetRecord = Record<string, RecordValue>
