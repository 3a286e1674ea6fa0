/** What somebody may have meant by a word with a letter or two missing, wrong or in the wrong place: the nearest first. */
export function findLikeNames<Item extends { plainName: string }>(asked: string, items: readonly Item[]): Item[] {
  const most = asked.length < 6 ? 1 : 2
  return items
    .map((item) => ({ item, errors: countErrors(asked, item.plainName) }))
    .filter(({ item, errors }) => errors <= most || asked.startsWith(`${item.plainName} `))
    .sort((a, b) => a.errors - b.errors)
    .map(({ item }) => item)
}

/** Letters to add, to take away, to change or to swap with the next one (optimal string alignment). */
function countErrors(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const line = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      line.push(Math.min(last[j]! + 1, line[j - 1]! + 1, changed, isSwapped ? before[j - 2]! + 1 : changed))
    }
    before = last
    last = line
  }
  return last[b.length]!
}
