/** The rules of the accountant's file, written apart from what makes it: what breaks them, by line. */
const header =
  'JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib PieceRef PieceDate EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise Idevise'
const needed = [0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 15]
const centsOf = (text: string) => Number(text.replace(',', ''))

export function findJournalFaults(text: string): string[] {
  const [head = '', ...lines] = text.split('\r\n').slice(0, -1)
  if (head !== header.replaceAll(' ', '\t')) return ['header']
  const rows = lines.map((line) => line.split('\t'))
  return [...rows.flatMap(lineFaults), ...numberFaults(rows), ...balanceFaults(rows)]
}

const isRealDay = (text: string) => {
  const day = text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  return day !== text && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
}

function lineFaults(row: string[], at: number, rows: string[][]): string[] {
  const [account = '', , auxNumber, auxName] = row.slice(4)
  const [debit = '', credit = ''] = row.slice(11)
  return [
    row.length !== 18 && 'columns',
    needed.some((column) => row[column] === '') && 'empty',
    /[|"\r]/.test(row.join('')) && 'separator',
    ![3, 9, 15].every((column) => isRealDay(row[column] ?? '')) && 'day',
    !/^[1-7]\d{2}[0-9A-Z]*$/.test(account) && 'account',
    (auxNumber === '') !== (auxName === '') && 'auxiliary',
    ![debit, credit].every((amount) => /^\d+,\d{2}$/.test(amount)) && 'amount',
    centsOf(debit) > 0 === centsOf(credit) > 0 && 'side',
    at > 0 && (rows[at - 1]![15] ?? '') > row[15]! && 'order',
    at > 0 && (rows[at - 1]![3] ?? '') > row[3]! && 'order',
  ]
    .filter((fault) => fault !== false)
    .map((fault) => `${fault} in line ${at + 1}`)
}

/** Of each journal: 1, 2, 3 and so on. */
function numberFaults(rows: string[][]): string[] {
  const last = new Map<string, number>()
  return [...new Set(rows.map((row) => `${row[0]} ${row[2]}`))].flatMap((name) => {
    const [journal = '', number = ''] = name.split(' ')
    const value = Number(number.slice(journal.length))
    const isNext = value === (last.get(journal) ?? 0) + 1
    last.set(journal, value)
    return isNext ? [] : [`gap before ${number}`]
  })
}

function balanceFaults(rows: string[][]): string[] {
  const sums = new Map<string, number>()
  for (const row of rows) sums.set(row[2]!, (sums.get(row[2]!) ?? 0) + centsOf(row[11] ?? '') - centsOf(row[12] ?? ''))
  return [...sums].filter(([, sum]) => sum !== 0).map(([number]) => `unbalanced ${number}`)
}
