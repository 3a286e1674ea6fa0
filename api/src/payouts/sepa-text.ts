/** What banks accept in the text of a payment: the Latin set of the European Payments Council, nothing else. Pure. */

/** Letters that are not one letter and an accent, and signs that mean something. */
const instead: Record<string, string> = {
  ...{ œ: 'oe', Œ: 'OE', æ: 'ae', Æ: 'AE', ß: 'ss', ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ð: 'd', Ð: 'D' },
  ...{ þ: 'th', Þ: 'TH', ı: 'i', '&': '+', '@': '(at)', _: '-', '€': 'EUR', '’': "'", '‘': "'", '`': "'", '´': "'" },
  ...{
    '"': "'",
    '«': "'",
    '»': "'",
    '“': "'",
    '”': "'",
    '–': '-',
    '—': '-',
    '‑': '-',
    '[': '(',
    ']': ')',
    '{': '(',
    '}': ')',
  },
  ...{
    ';': ',',
    '!': '.',
    '…': '...',
    '°': 'o',
    º: 'o',
    ª: 'a',
    '·': '.',
    '\\': '/',
    '|': '/',
    '=': '-',
    '*': '.',
    '#': '.',
  },
}
const allowed = /[^a-zA-Z0-9/\-?:().,'+ ]/g

/**
 * The text in allowed letters, no longer than `most` of them; accents go, what has no likeness becomes a space. It never starts
 * or ends with `/` and holds no `//`, as the rulebook asks. `NOTPROVIDED` when nothing is left.
 */
export function toSepaText(text: string, most: number): string {
  const replaced = [...text].map((sign) => instead[sign] ?? sign).join('')
  const latin = replaced.normalize('NFKD').replace(/\p{M}/gu, '')
  // Decomposing may give signs of the table: a full-width ampersand, an ellipsis.
  const plain = [...latin]
    .map((sign) => instead[sign] ?? sign)
    .join('')
    .replace(allowed, ' ')
  const tidy = (value: string) =>
    value
      .replace(/\/{2,}/g, '/')
      .replace(/ {2,}/g, ' ')
      .replace(/^[/ ]+|[/ ]+$/g, '')
  return tidy(tidy(plain).slice(0, most)) || 'NOTPROVIDED'
}
