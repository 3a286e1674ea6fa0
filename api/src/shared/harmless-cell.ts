/*
 * A spreadsheet takes a cell that begins with one of these for a formula. An apostrophe before it makes it a text; a value that already
 * begins with apostrophes and then one of these gets one more, so that what is read back is what was written, whatever it was.
 */
const dangerous = /^'*[=+\-@\t\r]/
const made = /^'+[=+\-@\t\r]/

/** `=1+1` becomes `'=1+1`. */
export const harmless = (text: string): string => (dangerous.test(text) ? `'${text}` : text)

/** A cell of a CSV file: a text made harmless, a number as it is. */
export const csvCell = (cell: unknown) => (typeof cell === 'string' ? harmless(cell) : cell)

/** The reverse of `harmless`. */
export const asWritten = (cell: string): string => (made.test(cell) ? cell.slice(1) : cell)
