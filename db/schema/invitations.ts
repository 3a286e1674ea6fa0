import { sql } from 'drizzle-orm'
import { check, index, pgEnum, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { language, people, role } from './accounts.ts'
import { day, randomId } from './columns.ts'

export const invitationState = pgEnum('invitation_state', ['open', 'accepted', 'withdrawn'])

/** A membership that waits for the first sign-in of an address. The mail holds no secret: the address is proven by signing in. */
export const invitations = pgTable(
  'invitations',
  {
    id: randomId(),
    email: text().notNull(),
    /** As the inviting person wrote it: an address that is known already does not tell its owner's name. */
    name: text().notNull(),
    role: role().notNull(),
    tenantId: uuid(),
    /** The last day of the membership, for auditors. */
    validUntil: day(),
    language: language().notNull(),
    state: invitationState().notNull().default('open'),
    invitedBy: uuid().references(() => people.id),
    invitedOn: day().notNull(),
    sentOn: day().notNull(),
    expiresOn: day().notNull(),
    decidedOn: day(),
  },
  (table) => [
    uniqueIndex('one_open_invitation_for_a_role')
      .on(table.email, table.role, sql`coalesce(${table.tenantId}, '00000000-0000-0000-0000-000000000000')`)
      .where(sql`${table.state} = 'open'`),
    index('invitations_by_tenant').on(table.tenantId),
    check('an_invited_email_is_lower_case', sql`${table.email} = lower(${table.email})`),
    check(
      'only_tenants_invite_for_a_tenant',
      sql`(${table.role} in ('funder', 'venue_manager', 'prescriber')) = (${table.tenantId} is not null)`,
    ),
  ],
)
