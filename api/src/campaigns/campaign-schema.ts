import { z } from '@hono/zod-openapi'
import { CentsNumber, DayText } from '../shared/http.ts'
import { cents } from '../shared/money.ts'
import { areaKinds, campaignStates } from './campaign.ts'

const centsUpTo = (least: number, most: number) => CentsNumber.min(least).max(most).transform(cents)
export const CentsGiven = centsUpTo(1, 2_000_000_000)
export const Line = z.string().trim().min(2).max(200)
export const Text = z.string().trim().min(2).max(4000)

const Area = z.object({ kind: z.enum(areaKinds), code: z.string().max(20) })
const listOrAll = <Item extends z.ZodType>(item: Item, all: string) =>
  z
    .array(item)
    .min(1)
    .max(5000)
    .nullable()
    .openapi({ description: `Null: ${all}` })

const own = {
  name: Line,
  payingAccountId: z.uuid(),
  bookSize: z.number().int().min(1).max(50),
  startsOn: DayText,
  endsOn: DayText,
  targetPublic: Text,
  objectives: Text,
}

export const NewCampaign = z.object({
  ...own,
  faceValueCents: centsUpTo(100, 25_500),
  budgetedBooks: z.number().int().min(1).max(1_000_000),
  graceDays: z.number().int().min(0).max(92).default(31),
  funders: z
    .array(z.object({ funderId: z.uuid(), partCents: CentsGiven }))
    .min(1)
    .max(20),
  services: listOrAll(z.string().max(20), 'every service of the catalogue').default(null),
  venues: listOrAll(z.uuid(), 'every qualified venue').default(null),
  territory: listOrAll(Area, 'everywhere').default(null),
})

/** Without the defaults of a new campaign: what is not given stays. */
export const CampaignChange = NewCampaign.extend({
  graceDays: NewCampaign.shape.graceDays.unwrap(),
  services: NewCampaign.shape.services.unwrap(),
  venues: NewCampaign.shape.venues.unwrap(),
  territory: NewCampaign.shape.territory.unwrap(),
}).partial()

export const Campaign = z
  .object({
    ...own,
    id: z.uuid(),
    number: z.number().int(),
    state: z.enum(campaignStates),
    faceValueCents: CentsNumber,
    budgetedBooks: z.number().int(),
    graceDays: z.number().int(),
    lowBalancePercent: z.number().int().openapi({ description: 'Less than this share of the budget left is told' }),
    usesUntil: DayText.openapi({ description: 'The last day of use that counts' }),
    uploadsUntil: DayText.openapi({ description: 'The last day on which a phone may send such a use' }),
    openedOn: DayText.nullable(),
    uploadsClosedOn: DayText.nullable(),
    closedOn: DayText.nullable(),
    funders: z.array(z.object({ funderId: z.uuid(), partCents: CentsNumber, signedOn: DayText.nullable() })),
    services: z.array(z.string()).nullable(),
    venues: z.array(z.uuid()).nullable(),
    territory: z.array(Area).nullable(),
  })
  .openapi('Campaign')
