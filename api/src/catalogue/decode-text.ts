import { AppError } from '../shared/errors.ts'

export type Encoding = 'utf-8' | 'utf-16' | 'windows-1252'

/**
 * The text of a file of unknown make. Its mark is dropped; what is not UTF-8 is what French spreadsheets write without saying so, and
 * the person is told. Throws `invalid` `import_not_text`.
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: Encoding } {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return {
      text: checked(new TextDecoder(first === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes)),
      encoding: 'utf-16',
    }
  try {
    return { text: checked(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), encoding: 'utf-8' }
  } catch (error) {
    if (error instanceof AppError) throw error
    return { text: checked(new TextDecoder('windows-1252').decode(bytes)), encoding: 'windows-1252' }
  }
}

/** A picture or a program is no text, whatever its bytes can be read as: letters below the space are not in a table. */
function checked(text: string): string {
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charCodeAt(at)
    const isWritten = letter >= 32 || letter === 9 || letter === 10 || letter === 13
    if (!isWritten || (letter >= 0x7f && letter < 0xa0) || letter === 0xfffd)
      throw new AppError('invalid', 'import_not_text', 'This is not a text in an encoding that is known', { at })
  }
  return text
}
