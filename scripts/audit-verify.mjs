// Verifies an export of the audit log with nothing but Node: no dependency, no database, no trust in who made the file.
// npm run audit:verify FILE [HASH]    HASH: one that was published or mailed, which the file must hold.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const [file, published] = process.argv.slice(2)
const noHash = '0'.repeat(64)

/** The last cell of a row of the CSV is the text, the one before it the hash; a text holds commas and doubled quotes, no line break. */
function readCsvLine(line) {
  const [, seq, hash, quoted] = /^(\d+);.*;([0-9a-f]{64});"((?:[^"]|"")*)"\r?$/.exec(line) ?? []
  if (seq === undefined) throw new Error('is not a line of the log')
  return { seq: Number(seq), hash, text: quoted.replaceAll('""', '"') }
}

/** The first line that does not hold, or what the chain proves. */
function verify(content) {
  const isCsv = content.startsWith('\ufeff')
  const lines = content
    .split('\n')
    .slice(isCsv ? 1 : 0)
    .filter(Boolean)
  let before
  let isFound = published === undefined
  for (const [at, line] of lines.entries()) {
    const where = `Line ${at + (isCsv ? 2 : 1)}`
    let entry
    try {
      entry = isCsv ? readCsvLine(line) : JSON.parse(line)
      entry.act = JSON.parse(entry.text)
    } catch {
      return { broken: `${where} cannot be read.` }
    }
    const { seq, hash, text, act } = entry
    if (createHash('sha256').update(text).digest('hex') !== hash)
      return { broken: `${where}: the text is not that of its hash.` }
    if (act.seq !== seq) return { broken: `${where}: its number is not that of its text.` }
    if (before && seq !== before.seq + 1) return { broken: `${where}: number ${before.seq + 1} is missing before it.` }
    if (before ? act.previousHash !== before.hash : seq === 1 && act.previousHash !== noHash)
      return { broken: `${where} does not follow the line before it.` }
    before ??= { first: seq, startsAfter: act.previousHash }
    Object.assign(before, { seq, hash, startsAfter: before.startsAfter, first: before.first })
    isFound ||= hash === published
  }
  if (!before) return { broken: 'The file holds no line.' }
  if (!isFound) return { broken: `No line has the hash ${published}: the log was changed since it was published.` }
  return before
}

if (!file) {
  console.error('Usage: npm run audit:verify FILE [HASH]')
  process.exit(2)
}
const { broken, first, seq, hash, startsAfter } = verify(readFileSync(file, 'utf8'))
if (broken) {
  console.error(broken)
  process.exit(1)
}
console.log(`The chain holds: lines ${first} to ${seq}.`)
if (first > 1) console.log(`It goes on from the hash ${startsAfter}`)
console.log(`Its head: ${hash}`)
