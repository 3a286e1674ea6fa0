/** A hardware barcode reader types like a keyboard, fast, and ends with Enter. */
const pauseMs = 300
const shortest = 14

/** Calls `onCode` with each line typed that fast. Returns what stops it. */
export function listenToHandReader(onCode: (text: string) => void): () => void {
  let line = ''
  let lastAt = 0
  const onKey = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement) return
    if (event.timeStamp - lastAt > pauseMs) line = ''
    lastAt = event.timeStamp
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) line += event.key
    if (event.key !== 'Enter' || line.length < shortest) return
    event.preventDefault()
    onCode(line)
    line = ''
  }
  addEventListener('keydown', onKey)
  return () => removeEventListener('keydown', onKey)
}
