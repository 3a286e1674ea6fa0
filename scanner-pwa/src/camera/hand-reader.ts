import { shortestWhole } from '../handing/cover.ts'

/** A hardware barcode reader types like a keyboard, fast, and ends with Enter. */
const pauseMs = 300

/** Calls `onCode` with each line typed that fast. Returns what stops it. */
export function listenToHandReader(onCode: (text: string) => void): () => void {
  let line = ''
  let lastAt = 0
  const onKey = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement) return
    if (event.timeStamp - lastAt > pauseMs) line = ''
    lastAt = event.timeStamp
    const isCharacter = event.key.length === 1 && !event.ctrlKey && !event.metaKey
    if (isCharacter) line += event.key
    // A space in the code, or its end, would press the button that has the focus.
    if (line.length > 1 && (isCharacter || event.key === 'Enter')) event.preventDefault()
    if (event.key !== 'Enter') return
    // The digits of a cover are fewer than those of a voucher, and worth an answer.
    if (line.length >= shortestWhole) onCode(line)
    line = ''
  }
  addEventListener('keydown', onKey)
  return () => removeEventListener('keydown', onKey)
}
