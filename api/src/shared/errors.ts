export type ErrorKind =
  | 'malformed'
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'length_required'
  | 'too_large'
  | 'unsupported'
  | 'outdated'
  | 'too_many'
  | 'unavailable'

/** What a caller may use to mend its request: field names, limits, dates. Never anything about a person. */
export type Facts = Record<string, string | number | boolean | readonly (string | number)[] | null>

/** The only error a caller may read. Any other error is our bug and answers 500. */
export class AppError extends Error {
  readonly kind: ErrorKind
  readonly code: string
  readonly facts: Facts | undefined

  constructor(kind: ErrorKind, code: string, message: string, facts?: Facts) {
    super(message)
    this.name = 'AppError'
    this.kind = kind
    this.code = code
    this.facts = facts
  }
}
