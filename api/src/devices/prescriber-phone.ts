import { hashToken } from '../accounts/tokens.ts'
import { atGate, type Context, createContext, type PrescriberPhone } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { findDeviceByToken, noteDeviceSeen } from './queries.ts'
import { type RawRequest, tokenOf } from './signed-request.ts'

export type HandingPhone = {
  actor: PrescriberPhone
  ctx: Context
  /** Null: enrolled without a key, in the demo. */
  requestKey: Buffer | null
}
type Parts = Pick<Context, 'db' | 'now' | 'keyring'> & { needsKey: boolean }

/** The prescriber's phone with this token, as the database knows it now; undefined for a phone of an organisation. Throws `unauthenticated`. */
export async function findHandingPhone(parts: Parts, token: string): Promise<HandingPhone | undefined> {
  const gate = atGate({ ...parts, actor: { kind: 'public' } })
  const today = gate.today()
  const row = await findDeviceByToken(gate.db, hashToken(token), today)
  if (!row) throw new AppError('unauthenticated', 'device_unknown', 'This phone is not enrolled, or no longer')
  if (row.prescriberId === null) return undefined
  if (parts.needsKey && !row.publicKey)
    throw new AppError('unauthenticated', 'device_has_no_key', 'This phone was enrolled without a key: enrol it again')
  if (row.lastSeenOn < today) await gate.transaction((tx) => noteDeviceSeen(tx, row.id, today))
  const actor: PrescriberPhone = { kind: 'prescriber_device', deviceId: row.id, prescriberId: row.prescriberId }
  const requestKey = row.publicKey && parts.keyring.requestKeyFor(row.publicKey)
  return { actor, ctx: createContext({ ...parts, actor }), requestKey }
}

/** The same, for what only a prescriber's phone does. Throws `unauthenticated`, `forbidden` `phone_of_a_venue`. */
export async function getHandingPhone(parts: Parts, request: RawRequest): Promise<HandingPhone> {
  const phone = await findHandingPhone(parts, tokenOf(request))
  if (!phone) throw new AppError('forbidden', 'phone_of_a_venue', 'This phone scans vouchers: it hands out no books')
  return phone
}
