/** Where each thing lies in a keyring directory, and how long it is. */
import { AppError } from '../shared/errors.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Ids become file names: nothing else may. */
function checked(id: string): string {
  if (!UUID.test(id)) throw new AppError('invalid', 'invalid_id', 'This is not an id in lower case')
  return id
}

function checkedNumber(value: number, most: number): number {
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new AppError('invalid', 'invalid_number', `This is not a number from 1 to ${most}`)
  return value
}

export const KEY_LENGTH = 32
/** An Ed25519 and a P-256 private key in PKCS #8. */
export const ED25519_LENGTH = 48
export const P256_LENGTH = 138
/** The key, then its day of creation as text. */
export const RUN_KEY_LENGTH = KEY_LENGTH + 10

export const folders = ['.', 'code', 'signing', 'periods', 'runs', 'spent', 'counts'] as const

export const codeKeyName = (kid: number) => `code/${checkedNumber(kid, 255)}.key`
export const signingKeyName = (kid: number) => `signing/${checkedNumber(kid, 255)}.key`
export const signingStateName = (kid: number) => `signing/${checkedNumber(kid, 255)}.state`
const periodId = (id: number) => checkedNumber(id, 2_147_483_647)
export const periodKeyName = (id: number) => `periods/${periodId(id)}.key`
export const openedName = (id: number) => `periods/${periodId(id)}.opened`
export const abandonedName = (id: number) => `periods/${periodId(id)}.abandoned`
export const runKeyName = (runId: string) => `runs/${checked(runId)}.key`
export const spentListName = (campaignId: string) => `spent/${checked(campaignId)}.list`
export const keptCountsName = (id: number) => `counts/${periodId(id)}.json`

/** `3` for `3.key`, in the folder's files with this ending. */
export const stemsOf = (files: readonly string[], ending: string): string[] =>
  files.filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length))
