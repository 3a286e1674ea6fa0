import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { Sql } from 'postgres'

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest()

const bytes = (hex: string) => Buffer.from(hex, 'hex')
const text = (data: Buffer) => data.toString('base64url')

/** A pair of keys, and the public one as authenticators write it (COSE, ES256). */
function makeKey() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' }) as { x: string; y: string }
  const point = [bytes('215820'), Buffer.from(x, 'base64url'), bytes('225820'), Buffer.from(y, 'base64url')]
  return { privateKey, cose: Buffer.concat([bytes('a5010203262001'), ...point]), id: randomBytes(32) }
}

/** What a browser sends to make a new passkey, without attestation. */
export function newSoftPasskey(challenge: string, site: string) {
  const { cose, id } = makeKey()
  const clientData = Buffer.from(JSON.stringify({ type: 'webauthn.create', challenge, origin: site }))
  const owner = Buffer.concat([
    sha256(new URL(site).hostname),
    bytes('4500000000'),
    Buffer.alloc(16),
    bytes('0020'),
    id,
  ])
  // The map {fmt: 'none', attStmt: {}, authData} in CBOR.
  const head = bytes('a363666d74646e6f6e656761747453746d74a068617574684461746158a4')
  const attestationObject = text(Buffer.concat([head, owner, cose]))
  return {
    ...{ id: text(id), rawId: text(id), type: 'public-key', clientExtensionResults: {} },
    response: { clientDataJSON: text(clientData), attestationObject, transports: ['internal'] },
  } as const
}

/**
 * A passkey in software: it signs whatever it is asked, as a stolen or dishonest one would, and tells no counter, like those that
 * a phone's maker copies between devices. Its owner's public key lies in the database.
 */
export async function givenSoftPasskey(sql: Sql, personId: string) {
  const { privateKey, cose, id } = makeKey()
  await sql`insert into passkeys (person_id, credential_id, public_key, counter, transports, name, created_on)
    values (${personId}, ${id}, ${cose}, 0, '{}', 'Soft', '2026-01-01')`

  type Lies = { origin?: string; rpId?: string; flags?: number }
  /** What a browser sends after the challenge; `lies` change what the key signs. */
  return function answer(challenge: string, site: string, { origin = site, rpId, flags = 0x05 }: Lies = {}) {
    const clientData = Buffer.from(JSON.stringify({ type: 'webauthn.get', challenge, origin, crossOrigin: false }))
    const authenticator = Buffer.concat([sha256(rpId ?? new URL(site).hostname), Buffer.from([flags, 0, 0, 0, 0])])
    const signature = sign('sha256', Buffer.concat([authenticator, sha256(clientData)]), privateKey)
    return {
      id: text(id),
      rawId: text(id),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: text(clientData),
        authenticatorData: text(authenticator),
        signature: text(signature),
        userHandle: text(bytes(personId.replaceAll('-', ''))),
      },
    }
  }
}
