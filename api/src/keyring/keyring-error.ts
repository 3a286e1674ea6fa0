export type KeyringErrorCode =
  | 'keyring_missing'
  | 'keyring_incomplete'
  | 'keyring_inside_database'
  | 'keyring_copies_together'
  | 'keyring_copies_differ'
  | 'keyring_too_open'
  | 'keyring_wrong_length'

/** Why the keyring is refused, in a sentence for the operator. It names paths, so no caller over HTTP ever reads it. */
export class KeyringError extends Error {
  readonly code: KeyringErrorCode

  constructor(code: KeyringErrorCode, message: string) {
    super(message)
    this.name = 'KeyringError'
    this.code = code
  }
}
