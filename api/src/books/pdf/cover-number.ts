const COVER_DIGITS = 6

/**
 * The number of a cover as people read it, `0421-000173`, and as its barcode holds it: the digits of the campaign (4, 6 or 8)
 * and six of the cover. Throws `RangeError` past 999,999 books of one campaign.
 */
export function coverNumber(campaignNumber: number, cover: number): { text: string; digits: string } {
  const campaign = String(campaignNumber)
  const padded = campaign.padStart(Math.max(4, campaign.length + (campaign.length % 2)), '0')
  const book = String(cover).padStart(COVER_DIGITS, '0')
  if (book.length > COVER_DIGITS) throw new RangeError(`cover ${cover} has more than ${COVER_DIGITS} digits`)
  return { text: `${padded}-${book}`, digits: padded + book }
}
