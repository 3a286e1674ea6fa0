/** What phones and their managers send and read. */
import { z } from '@hono/zod-openapi'
import { areaKinds, campaignStates } from '../campaigns/campaign.ts'
import { CentsNumber, DayText } from '../shared/http.ts'
import { Handing } from './handing-schema.ts'
import { P256PublicKey } from './public-key.ts'

export const EnrolmentToken = z.object({ token: z.string(), expiresAt: z.iso.datetime() })
export const Enrolment = z.object({
  token: z.string().min(1).max(100),
  label: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .default('Téléphone')
    .openapi({ description: 'What the venue calls this phone; never a person’s name' }),
  replaces: z
    .uuid()
    .optional()
    .openapi({ description: 'The device that this phone was before; left out by one whose memory is empty' }),
  publicKey: P256PublicKey.optional().openapi({ description: 'P-256, as JWK; needed in production' }),
})
const Territory = z.object({ kind: z.enum(areaKinds), code: z.string() })
export const Bundle = z
  .object({
    venues: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        isQualified: z.boolean(),
        hasBankAccount: z
          .boolean()
          .openapi({ description: 'False: what is accepted is paid once its account is verified' }),
        territories: z.array(Territory),
        services: z.array(z.object({ code: z.string(), theme: z.string(), title: z.string() })),
      }),
    ),
    campaigns: z.array(
      z.object({
        id: z.uuid(),
        number: z.number().int(),
        name: z.string(),
        state: z.enum(campaignStates),
        startsOn: DayText,
        endsOn: DayText,
        graceDays: z.number().int(),
        faceValueCents: CentsNumber,
        services: z.array(z.string()).nullable().openapi({ description: 'Null: all' }),
        venues: z.array(z.uuid()).nullable().openapi({ description: 'Those of this phone; null: all' }),
        territories: z.array(Territory).nullable().openapi({ description: 'One of the venue’s; null: everywhere' }),
      }),
    ),
    keys: z.array(z.object({ kid: z.number().int(), publicKey: z.string(), state: z.string() })),
    blocklist: z.array(z.string()),
    queueKey: P256PublicKey,
    nextPayoutOn: DayText,
    serverTime: z.iso.datetime(),
    prescriber: Handing.optional().openapi({ description: 'For a prescriber’s phone: what it hands out' }),
  })
  .openapi('Bundle')
export const Enrolled = z.object({ deviceId: z.uuid(), token: z.string(), bundle: Bundle })
export const Device = z
  .object({
    id: z.uuid(),
    organisationId: z.uuid().nullable(),
    venueId: z.uuid().nullable(),
    prescriberId: z.uuid().nullable().openapi({ description: 'Instead of an organisation: it counts hand-outs' }),
    label: z.string(),
    state: z.enum(['active', 'revoked']),
    enrolledOn: DayText,
    lastSeenOn: DayText,
    expiresOn: DayText,
    pending: z.number().int(),
    gaps: z.number().int(),
    unknownCodesToday: z.number().int(),
  })
  .openapi('Device')
