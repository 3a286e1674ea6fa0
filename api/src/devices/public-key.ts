import { z } from 'zod'

const Coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/, '32 bytes in base64url')

/** A P-256 public key as a browser exports it; other members of the JWK are left aside. */
export const P256PublicKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: Coordinate,
  y: Coordinate,
})
