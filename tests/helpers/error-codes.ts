import { readdirSync, readFileSync } from 'node:fs'

/** Codes that a file chooses from a table of its own: where they stand in it. */
const tables: Record<string, RegExp> = {
  'catalogue/catalogue-file.ts': /(?::|\?\?) '(\w+)'/g,
  'catalogue/read-catalogue-file.ts': /fail\('(\w+)'/g,
  'catalogue/zip.ts': /refuse\('(\w+)'/g,
  'shared/http.ts': /code: '(\w+)'/g,
  'ledger/ledger.ts': /: \['(\w+)', '/g,
}

/** Every code that the api can throw, with `*` for what is only known at run time (`campaign_is_*`), and the places that hide theirs. */
export function readErrorCodes(): { codes: Set<string>; hidden: string[] } {
  const codes = new Set<string>()
  const hidden: string[] = []
  const files = readdirSync('api/src', { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))
  for (const file of files) {
    const text = readFileSync(`api/src/${file}`, 'utf8')
    const table = tables[file]
    for (const [, code = ''] of table ? text.matchAll(table) : []) codes.add(code)
    for (const [, code = ''] of text.matchAll(/new AppError\(\s*[^,]+,\s*([^,]+?),/g))
      if (/^['`]/.test(code)) codes.add(code.slice(1, -1).replace(/\$\{[^}]+\}/g, '*'))
      else if (!table) hidden.push(`${file}: ${code}`)
  }
  return { codes, hidden }
}
