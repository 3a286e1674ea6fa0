/** The number of a book: as the barcode of its cover holds it (campaign, then six digits), as it is printed, or the book's alone. Pure. */
export type CoverRead = { campaignNumber: number | null; cover: number }

const ofBook = 6
/** A whole number: campaign and book. */
export const shortestWhole = 10
const longestWhole = 14

/** Only digits, as many as the barcode of a cover holds. */
export const looksLikeCover = (text: string): boolean =>
  /^\d+$/.test(text) && text.length >= shortestWhole && text.length <= longestWhole

export function readCover(text: string): CoverRead | null {
  const digits = text.replace(/\D/g, '')
  if (digits === '') return null
  const [campaign = '', book = ''] = text.includes('-') ? text.split('-').map((part) => part.replace(/\D/g, '')) : []
  if (campaign && book) return { campaignNumber: Number(campaign), cover: Number(book) }
  if (digits.length < shortestWhole) return { campaignNumber: null, cover: Number(digits) }
  return { campaignNumber: Number(digits.slice(0, -ofBook)), cover: Number(digits.slice(-ofBook)) }
}
