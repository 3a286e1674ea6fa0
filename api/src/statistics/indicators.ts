/**
 * Every figure of a campaign is defined once, here and in its messages: page, file, report and API documentation read this list.
 * An id is the anchor of its definition on /methode and is never renamed.
 */
import { translate } from '../shared/messages.ts'

export const indicators = [
  { id: 'ordered', unit: 'value', source: 'boxes' },
  { id: 'funded', unit: 'euros', source: 'ledger' },
  { id: 'issued', unit: 'value', source: 'boxes' },
  { id: 'active', unit: 'value', source: 'boxes' },
  { id: 'circulating', unit: 'value', source: 'boxes' },
  { id: 'handed_out', unit: 'value', source: 'handouts' },
  { id: 'redeemed', unit: 'value', source: 'scans' },
  { id: 'to_pay', unit: 'euros', source: 'ledger' },
  { id: 'in_payment', unit: 'euros', source: 'ledger' },
  { id: 'paid', unit: 'euros', source: 'ledger' },
  { id: 'available', unit: 'euros', source: 'ledger' },
  { id: 'returned', unit: 'euros', source: 'ledger' },
  { id: 'in_grace', unit: 'euros', source: 'scans' },
  { id: 'expired', unit: 'euros', source: 'ledger' },
  { id: 'credited', unit: 'euros', source: 'ledger' },
  { id: 'usage', unit: 'rate', source: 'scans' },
  { id: 'usage_of_issued', unit: 'rate', source: 'scans' },
  { id: 'circulation', unit: 'rate', source: 'boxes' },
  { id: 'handed_out_rate', unit: 'rate', source: 'handouts' },
  { id: 'comparables', unit: 'rate', source: 'scans' },
  { id: 'in_stock', unit: 'books', source: 'boxes' },
  { id: 'forecast_used', unit: 'value', source: 'scans' },
  { id: 'forecast_unused', unit: 'value', source: 'scans' },
  { id: 'started_books', unit: 'books', source: 'sealing' },
  { id: 'target_gap', unit: 'count', source: 'scans' },
  { id: 'published_count', unit: 'count', source: 'releases' },
] as const

export type IndicatorId = (typeof indicators)[number]['id']

/** Where a figure is explained. */
export const methodOf = (id: IndicatorId): string => `/methode#${id}`

/** What the API documentation says of a figure: the words of the method. */
export const definitionOf = (id: IndicatorId): string => {
  const t = translate('en')
  return `${t(`method.${id}.formula`)} ${t(`method.${id}.limits`)}`
}
