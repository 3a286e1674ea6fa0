import { freezeStatements } from '@carnet/api/payouts/freeze-statements.ts'
import { approveBatch, freezeBatch, prepareBatch } from '@carnet/api/payouts/prepare-batch.ts'
import { readBatch } from '@carnet/api/payouts/read-batches.ts'
import { postReversalAfterFreezing } from '@carnet/api/payouts/reverse-after-freezing.ts'
import { personOf } from './members.ts'
import {
  givenActiveBox,
  givenFrozenPeriod,
  givenFunding,
  givenMoneyCampaign,
  givenMoneyWorld,
  givenScans,
  type MoneyCampaign,
  reverseOne,
} from './money-world.ts'

/** What a person writes when the bank has paid. */
export const proof = { bookedOn: '2026-03-10', proof: 'relevé 3, ligne 12' }

/** A money world, and the steps from a funded campaign to an approved batch. */
export async function givenPayoutWorld() {
  const world = await givenMoneyWorld()
  const { sql, operator, coordinator, approver } = world
  type Organisation = (typeof world.organisations)[number]
  const [first, second, third] = world.organisations as [Organisation, Organisation, Organisation]

  const managerOf = (organisationId: string) => world.as(personOf('venue_manager', { tenantId: organisationId }))

  async function givenOpenCampaign(vouchers = 100, parts = [333, 333, 334]): Promise<MoneyCampaign> {
    const campaign = await givenMoneyCampaign(world, parts)
    await givenFunding(world, campaign, vouchers)
    await givenActiveBox(world, campaign, vouchers)
    return campaign
  }

  /** Another campaign of the same funders, with no money yet. */
  const givenTwinCampaign = ({ parts }: MoneyCampaign): Promise<MoneyCampaign> =>
    givenMoneyCampaign(
      world,
      parts.map(({ partCents }) => partCents),
      parts.map(({ funderId }) => funderId),
    )

  async function givenStatement(campaign: MoneyCampaign, organisation = first, count = 2): Promise<number> {
    const [open] = await sql`select id from periods where state = 'open'`
    await givenScans(world, campaign, organisation, { count, periodId: open!.id })
    const periodId = await givenFrozenPeriod(world)
    await freezeStatements(operator, periodId)
    return periodId
  }

  async function givenBatch(state: 'frozen' | 'approved') {
    const draft = await prepareBatch(coordinator)
    const frozen = await freezeBatch(coordinator, draft.id)
    if (state === 'approved') await approveBatch(approver, draft.id, frozen.sha256!)
    return readBatch(coordinator, draft.id)
  }

  /** As a coordinator's reversal does it, with the scan's row. */
  const reverse = (campaign: MoneyCampaign, organisation: Organisation, periodId: number) =>
    coordinator.transaction(async (tx) => {
      const reversal = {
        organisationId: organisation.id,
        venueId: organisation.venueId,
        campaignId: campaign.id,
        periodId,
      }
      await postReversalAfterFreezing(tx, coordinator, reversal)
      await reverseOne(world, campaign.id, organisation.id, [periodId])
    })

  /** So that a test starts with nothing payable and no draft. */
  async function payEverything() {
    const [draft] = await sql`select id from payment_batches where state = 'draft'`
    const id = draft ? (draft.id as string) : (await prepareBatch(coordinator)).id
    const batch = await freezeBatch(coordinator, id).catch(() => undefined)
    if (batch) await approveBatch(approver, id, batch.sha256!)
    else await sql`delete from payment_batches where id = ${id}`
  }

  return {
    ...world,
    ...{
      first,
      second,
      third,
      managerOf,
      givenOpenCampaign,
      givenTwinCampaign,
      givenStatement,
      givenBatch,
      reverse,
      payEverything,
    },
  }
}
