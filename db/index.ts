import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'

export * from './schema/accounts.ts'
export * from './schema/amendments.ts'
export * from './schema/applications.ts'
export * from './schema/bank.ts'
export * from './schema/books.ts'
export * from './schema/campaigns.ts'
export * from './schema/catalogue.ts'
export type { Cents } from './schema/columns.ts'
export * from './schema/contests.ts'
export * from './schema/devices.ts'
export * from './schema/endings.ts'
export * from './schema/funders.ts'
export * from './schema/invitations.ts'
export * from './schema/invoices.ts'
export * from './schema/ledger.ts'
export * from './schema/mail.ts'
export * from './schema/payouts.ts'
export * from './schema/periods.ts'
export * from './schema/redemptions.ts'
export * from './schema/sign-in.ts'
export * from './schema/statistics.ts'
export * from './schema/stock.ts'
export * from './schema/territories.ts'
export * from './schema/venue-imports.ts'
export * from './schema/venues.ts'

export type DatabaseRole = 'carnet_app' | 'carnet_jobs' | 'carnet_scan'
export type ConnectOptions = {
  /** The role every statement runs as. None: the URL's own user (migrations and tests). */
  role?: DatabaseRole
  maxConnections?: number
  /** False behind PgBouncer in transaction mode. */
  prepare?: boolean
  /** Planner and other settings of these connections. */
  settings?: Record<string, string>
}

const optionsOf = ({ role, maxConnections = 10, prepare = true, settings = {} }: ConnectOptions) => ({
  max: maxConnections,
  prepare,
  onnotice: () => {},
  connection: { application_name: 'carnet', TimeZone: 'UTC', ...settings, ...(role && { role }) },
})

/** Raw statements. Never the client of a Drizzle database: Drizzle changes its parsers. */
export function connectRaw(url: string, options: ConnectOptions = {}) {
  return postgres(url, { ...optionsOf(options), fetch_types: false })
}

export function connectDatabase(url: string, options: ConnectOptions = {}) {
  const client = postgres(url, optionsOf(options))
  const db = drizzle(client, { casing: 'snake_case' })
  return { db, end: () => client.end({ timeout: 5 }) }
}

export type RawClient = ReturnType<typeof connectRaw>
export type Database = ReturnType<typeof connectDatabase>['db']
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]
