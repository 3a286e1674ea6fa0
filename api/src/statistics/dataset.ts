/**
 * The open data as datasets: each holds every release of one table of the whitelist, or sums of what one table tells. A sum of
 * published counts tells nothing that they do not tell. Pure.
 */
import type { ReleaseTable } from './release.ts'

type FieldType = 'text' | 'int' | 'date'
const shared = {
  ...{ span: 'text', place: 'text', place_name: 'text', subject: 'text', subject_name: 'text' },
  ...{ status: 'text', value: 'int', published_on: 'date' },
} as const satisfies Record<string, FieldType>
/** Of sums: from how many counts, and beside how many that are secret. */
const ofSums = { told: 'int', secret: 'int' } as const satisfies Record<string, FieldType>

export type DatasetField = keyof typeof shared | keyof typeof ofSums
export type Dataset = {
  id: string
  table: ReleaseTable
  slug: 'departements' | 'epci' | 'lieux' | 'campagnes' | 'communes' | 'regions' | 'national'
  /** What its rows are sums over, where they are sums. */
  sumsOver?: 'region' | 'nation'
  /** How often it grows: a word of the EU's list of frequencies. */
  every: 'MONTHLY' | 'QUARTERLY' | 'ANNUAL'
}

export const datasets: readonly Dataset[] = [
  { id: 'voucher_uses_nat', table: 'R2_epci_month', slug: 'national', sumsOver: 'nation', every: 'MONTHLY' },
  { id: 'voucher_uses_reg', table: 'R2_epci_month', slug: 'regions', sumsOver: 'region', every: 'MONTHLY' },
  { id: 'voucher_services_dep', table: 'R1_department_service_month', slug: 'departements', every: 'MONTHLY' },
  { id: 'voucher_uses_epci', table: 'R2_epci_month', slug: 'epci', every: 'MONTHLY' },
  { id: 'voucher_uses_com', table: 'R5_commune_year', slug: 'communes', every: 'ANNUAL' },
  { id: 'voucher_themes_venue', table: 'R3_venue_theme_quarter', slug: 'lieux', every: 'QUARTERLY' },
  { id: 'voucher_themes_campaign', table: 'R4_campaign_theme_quarter', slug: 'campagnes', every: 'QUARTERLY' },
]

export const findDataset = (id: string): Dataset | undefined => datasets.find((dataset) => dataset.id === id)

export const fieldsOf = ({ sumsOver }: Dataset): Partial<Record<DatasetField, FieldType>> =>
  sumsOver ? { ...shared, ...ofSums } : shared

/** What a cell of a file holds. */
export type RecordValue = string | number | null
export type DatasetRecord = Partial<Record<DatasetField, RecordValue>>
