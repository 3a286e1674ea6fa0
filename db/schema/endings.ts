import { sql } from 'drizzle-orm'
import { check, foreignKey, integer, jsonb, pgEnum, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts.ts'
import { prescribers } from './books.ts'
import { campaignFunders, campaigns } from './campaigns.ts'
import { day, positive, randomId } from './columns.ts'

export const endingStep = pgEnum('ending_step', [
  'alert',
  'stop_handouts',
  'late_handouts',
  'last_day',
  'grace_ends',
  'settled',
])
export const endingAct = pgEnum('ending_act', ['blocking', 'late_handouts'])

/** What the calendar did on the way to a last day. Another last day begins again. Counts are those of the first alert. */
export const endingSteps = pgTable(
  'ending_steps',
  {
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    endsOn: day().notNull(),
    step: endingStep().notNull(),
    doneOn: day().notNull(),
    mailCount: integer().notNull(),
    issuedBooks: integer(),
    handedOutBooks: integer(),
    /** Books of which a voucher was used, as of the last sealed month; none when they are too few to be told. */
    startedBooks: integer(),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.endsOn, table.step] })],
)

/** Covers that a prescriber still has. What it declares last counts; towards another last day it counts again. */
export const leftoverDeclarations = pgTable(
  'leftover_declarations',
  {
    campaignId: uuid()
      .notNull()
      .references(() => campaigns.id),
    prescriberId: uuid()
      .notNull()
      .references(() => prescribers.id),
    endsOn: day().notNull(),
    ranges: jsonb().$type<{ firstCover: number; lastCover: number }[]>().notNull(),
    declaredBy: uuid()
      .notNull()
      .references(() => people.id),
    declaredOn: day().notNull(),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.prescriberId, table.endsOn] })],
)

/** A funder's signature on the way to a last day, over the very text it was shown. */
export const endingSignatures = pgTable(
  'ending_signatures',
  {
    campaignId: uuid().notNull(),
    funderId: uuid().notNull(),
    endsOn: day().notNull(),
    act: endingAct().notNull(),
    sha256: text().notNull(),
    signedBy: uuid()
      .notNull()
      .references(() => people.id),
    signedOn: day().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.campaignId, table.funderId, table.endsOn, table.act, table.sha256] }),
    foreignKey({
      name: 'only_a_funder_of_the_campaign_signs_its_end',
      columns: [table.campaignId, table.funderId],
      foreignColumns: [campaignFunders.campaignId, campaignFunders.funderId],
    }),
  ],
)

/** What both sides state of a campaign that is over; only the signatures are added later (trigger). */
export const jointStatements = pgTable(
  'joint_statements',
  {
    id: randomId(),
    campaignId: uuid().notNull(),
    funderId: uuid().notNull(),
    number: integer().notNull(),
    content: text().notNull(),
    sha256: text().notNull(),
    madeOn: day().notNull(),
    coordinatorId: uuid().references(() => people.id),
    coordinatorSignedOn: day(),
    signerId: uuid().references(() => people.id),
    funderSignedOn: day(),
  },
  (table) => [
    unique('a_joint_statement_has_its_number').on(table.campaignId, table.funderId, table.number),
    positive('joint_statements_count_from_1', table.number),
    check('both_sides_are_two_people', sql`${table.coordinatorId} <> ${table.signerId}`),
    check(
      'a_signature_has_its_day',
      sql`(${table.coordinatorId} is null) = (${table.coordinatorSignedOn} is null) and (${table.signerId} is null) = (${table.funderSignedOn} is null)`,
    ),
    foreignKey({
      name: 'a_joint_statement_is_with_a_funder_of_the_campaign',
      columns: [table.campaignId, table.funderId],
      foreignColumns: [campaignFunders.campaignId, campaignFunders.funderId],
    }),
  ],
)
