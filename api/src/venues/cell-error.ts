/** What can be wrong with a cell of an imported file. The code is stable; pages have a sentence for it in each language. */
const sentences = {
  cell_required: 'This cell must be filled',
  cell_malformed: 'This is not written as the standard asks',
  cell_too_long: 'This text is too long',
  cell_not_a_number: 'This is not a number with a decimal point',
  cell_out_of_range: 'This number is not on Earth',
  cell_not_a_day: 'This is not a day written YYYY-MM-DD',
  cell_value_unknown: 'The standard does not have this value',
  cell_repeated: 'A row above has this id already',
  cell_without_column: 'This cell is beyond the last column',
  commune_unknown: 'No commune has this code, or this name and postcode',
  siret_checksum_wrong: 'This SIRET has a mistake',
  payee_would_change: 'This venue is paid under another SIRET: change it by hand, not by a file',
} as const

export type CellCode = keyof typeof sentences
/** `row` is the line a spreadsheet shows: the header is 1, the first place 2. */
export type CellError = { row: number; column: string; value: string; code: CellCode; message: string }

export const cellError = (row: number, column: string, value: string, code: CellCode): CellError => ({
  ...{ row, column, value, code },
  message: sentences[code],
})
