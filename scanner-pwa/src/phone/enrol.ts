import type { Store } from '../queue/store.ts'
import { whileNothingIsSent } from './browser.ts'
import { type Enrolment, writeLink } from './facts.ts'
import { createMarkKey, createPhoneKey, publicJwkOf, requestKeyOf } from './keys.ts'
import { askEnrolment } from './server.ts'

/**
 * Makes this phone known to the server by a token shown to it. A phone that was enrolled before keeps its queue and its
 * marks: what it kept is sent as the new device of the same venue. Throws `ServerTrouble`.
 */
export async function enrol(
  db: Store,
  token: string,
  label: string,
  before: Enrolment | undefined,
): Promise<Enrolment> {
  const pair = await createPhoneKey()
  const {
    deviceId,
    token: deviceToken,
    bundle,
  } = await askEnrolment({
    token,
    label,
    publicKey: await publicJwkOf(pair),
    ...(before && { replaces: before.deviceId }),
  })
  const enrolment: Enrolment = {
    deviceId,
    token: deviceToken,
    pair,
    requestKey: await requestKeyOf(pair, bundle.queueKey),
    markKey: before?.markKey ?? (await createMarkKey()),
  }
  await whileNothingIsSent(() => writeLink(db, enrolment, bundle))
  return enrolment
}

/** `#token=…`, from a QR or a link: the part after # never reaches a server. Taken out of the address at once. */
export function takeToken(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token) history.replaceState(null, '', location.pathname + location.search)
  return token
}

/** What a manager's QR says: the link itself, or the bare token. */
export function tokenIn(text: string): string | null {
  const found = /#token=([\w-]{16,100})$/.exec(text.trim())?.[1]
  return found ?? (/^[\w-]{22}$/.test(text.trim()) ? text.trim() : null)
}

/** The start page of a demo leads here with `?demo`: a phone that is not linked may choose a venue. */
export const isDemo = (): boolean => new URLSearchParams(location.search).has('demo')
