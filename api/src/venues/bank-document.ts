import { AppError } from '../shared/errors.ts'

/** The proof of a bank account, as its bank issued it: a PDF or a picture. What it is, its first bytes say and never its name. */
export const documentTypes = ['application/pdf', 'image/png', 'image/jpeg'] as const
export type DocumentType = (typeof documentTypes)[number]
const mostDocumentBytes = 2 * 1024 * 1024

const beginnings: Record<DocumentType, readonly number[]> = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  'image/jpeg': [0xff, 0xd8, 0xff],
}

/** What the bytes are. Throws `invalid` `document_too_large`, `document_unreadable`. */
export function documentTypeOf(bytes: Uint8Array): DocumentType {
  if (bytes.length > mostDocumentBytes)
    throw new AppError('invalid', 'document_too_large', 'A document has 2 MB at most', { field: 'document' })
  const type = documentTypes.find((known) => beginnings[known].every((byte, at) => bytes[at] === byte))
  if (!type)
    throw new AppError('invalid', 'document_unreadable', 'A document is a PDF, PNG or JPEG', { field: 'document' })
  return type
}

const extensions: Record<string, string> = { 'application/pdf': 'pdf', 'image/png': 'png', 'image/jpeg': 'jpg' }
export const documentNameOf = (mediaType: string): string => `compte-bancaire.${extensions[mediaType] ?? 'bin'}`
