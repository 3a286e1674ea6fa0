import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytea, day, randomId } from './columns.ts'

export const role = pgEnum('role', [
  'coordinator',
  'finance_approver',
  'funder',
  'venue_manager',
  'prescriber',
  'auditor',
])
/** How a person proved who they are; `demo` is one click, in the demo only. */
export const signInMethod = pgEnum('sign_in_method', ['code', 'passkey', 'oidc', 'demo'])
export const language = pgEnum('language', ['fr', 'en'])
export const installationMode = pgEnum('installation_mode', ['demo', 'production'])

/** One row: whose database this is. A keyring of another installation is refused. */
export const installation = pgTable(
  'installation',
  {
    isThisOne: boolean().primaryKey().default(true),
    mode: installationMode().notNull(),
    keyringId: uuid().notNull(),
    createdOn: day().notNull(),
    /** The demo's world is whole; without it a demo that was interrupted is made again. */
    seededOn: day(),
  },
  (table) => [check('there_is_one_installation', sql`${table.isThisOne}`)],
)

/** Staff only: coordinators, funders, venue managers. Nobody who receives a voucher is ever here. */
export const people = pgTable(
  'people',
  {
    id: randomId(),
    name: text().notNull(),
    email: text().notNull().unique(),
    isActive: boolean().notNull().default(true),
    createdOn: day().notNull(),
    /** Of the mails this person gets. */
    language: language().notNull().default('fr'),
  },
  (table) => [check('an_email_is_lower_case', sql`${table.email} = lower(${table.email})`)],
)

/** What a person may do, and for whom: the tenant is a funder, an organisation, a prescriber, or nobody (coordination). */
export const memberships = pgTable(
  'memberships',
  {
    id: randomId(),
    personId: uuid()
      .notNull()
      .references(() => people.id),
    role: role().notNull(),
    tenantId: uuid(),
    sinceOn: day(),
    validUntil: day(),
    /** The day somebody left, or was made to leave: nothing is open to them from that moment. */
    endedOn: day(),
    endedBy: uuid().references(() => people.id),
  },
  (table) => [
    unique('a_membership_is_given_once').on(table.personId, table.role, table.tenantId).nullsNotDistinct(),
    check(
      'only_tenants_have_a_tenant',
      sql`(${table.role} in ('funder', 'venue_manager', 'prescriber')) = (${table.tenantId} is not null)`,
    ),
    check(
      'an_auditor_reads_for_a_year_at_most',
      sql`${table.role} <> 'auditor' or (${table.validUntil} is not null and (${table.sinceOn} is null or ${table.validUntil} <= ${table.sinceOn} + 366))`,
    ),
  ],
)

export const sessions = pgTable('sessions', {
  tokenHash: bytea().primaryKey(),
  /** Names the session in its owner's list; opens nothing. */
  id: uuid().notNull().unique().default(sql`gen_random_uuid()`),
  membershipId: uuid()
    .notNull()
    .references(() => memberships.id, { onDelete: 'cascade' }),
  createdAt: timestamp({ withTimezone: true }).notNull(),
  expiresAt: timestamp({ withTimezone: true }).notNull(),
  /** The last proof of who this is, and how it was given: payments ask for a fresh one. */
  authenticatedAt: timestamp({ withTimezone: true }).notNull(),
  method: signInMethod().notNull(),
  /** Written once in five minutes: an idle session ends. */
  seenAt: timestamp({ withTimezone: true }).notNull(),
  /** "Firefox, Linux", to know one's own sessions again. */
  browser: text().notNull(),
  /** The provider's token that ends the session there too. */
  idToken: text(),
})

export const apiTokens = pgTable('api_tokens', {
  id: randomId(),
  tokenHash: bytea().notNull().unique(),
  membershipId: uuid()
    .notNull()
    .references(() => memberships.id, { onDelete: 'cascade' }),
  label: text().notNull(),
  scopes: text().array().notNull(),
  createdOn: day().notNull(),
  expiresOn: day().notNull(),
  lastUsedOn: day(),
})

/** One-click sign-in of the demo's people; empty in production. */
export const demoSignIns = pgTable('demo_sign_ins', {
  tokenHash: bytea().primaryKey(),
  membershipId: uuid()
    .notNull()
    .references(() => memberships.id, { onDelete: 'cascade' }),
})

/**
 * A write that carried `Idempotency-Key`, for 30 days; without an answer while it runs, or when nobody knows how it ended.
 * Never used on the phones' routes.
 */
export const idempotentAnswers = pgTable(
  'idempotent_answers',
  {
    membershipId: uuid()
      .notNull()
      .references(() => memberships.id, { onDelete: 'cascade' }),
    key: text().notNull(),
    requestHash: bytea().notNull(),
    status: integer(),
    contentType: text(),
    body: text(),
    createdOn: day().notNull(),
  },
  (table) => [primaryKey({ columns: [table.membershipId, table.key] })],
)

/** Administration and money only, never a scan. Insert-only and hash-chained by triggers of the migration. */
export const auditLog = pgTable('audit_log', {
  seq: bigint({ mode: 'number' }).primaryKey(),
  at: timestamp({ withTimezone: true }).notNull(),
  actor: text().notNull(),
  personId: uuid().references(() => people.id),
  action: text().notNull(),
  details: jsonb().$type<Record<string, unknown>>().notNull(),
  previousHash: bytea().notNull(),
  hash: bytea().notNull(),
})
