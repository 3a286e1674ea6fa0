import type { DeskTrouble } from './known-periods.ts'

const everyMs = 60_000
const sentences: Record<DeskTrouble, string> = {
  database: 'the database does not answer',
  keyring: 'a key of a live month is lost, or the keyring cannot be read',
  periods: 'no month is open, or months keep changing',
}

/** One JSON line for each trouble, at most once a minute: that scans wait and why, never which. */
export function createTroubleLog(write: (line: string) => void = console.error): (trouble: DeskTrouble) => void {
  const toldAt = new Map<DeskTrouble, number>()
  return (trouble) => {
    if (Date.now() - (toldAt.get(trouble) ?? Number.NEGATIVE_INFINITY) < everyMs) return
    toldAt.set(trouble, Date.now())
    write(JSON.stringify({ level: 'error', alarm: 'scans_wait', trouble, detail: `Scans wait: ${sentences[trouble]}` }))
  }
}
