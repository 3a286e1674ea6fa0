import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits as text. It is shown once; the database keeps its hash only. */
export const newToken = (prefix: string): string => `${prefix}_${randomBytes(32).toString('base64url')}`

export const hashToken = (token: string): Uint8Array => createHash('sha256').update(token).digest()
