import type { BlockList } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { OidcSettings } from './accounts/oidc-provider.ts'
import { readNetworks } from './shared/http-caller.ts'

const portRange = 'is a whole number from 1 to 65535'
const port = z.coerce.number(portRange).int(portRange).min(1, portRange).max(65535, portRange)
const trueOrFalse = z.enum(['true', 'false'], 'is true or false').transform((value) => value === 'true')
const directory = z.string().transform((path) => resolve(path))

/** Every setting, in the order of docs/configuration.md. An empty variable counts as unset. */
export const settings = z.object({
  MODE: z.enum(['demo', 'production'], 'is demo or production').default('demo'),
  PORT: port.default(8080),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'is the address people type, such as https://carnet.example' })
    .optional(),
  TRUSTED_PROXY: z
    .string()
    .refine((text) => readNetworks(text) !== null, 'is the address of the proxy in front, or networks: 10.0.0.0/8,::1')
    .optional(),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'is postgres://user:password@host:5432/database' })
    .optional(),
  DATABASE_PREPARE: trueOrFalse.default(true),
  DATA_DIR: directory.default(resolve('.data')),
  KEYRING_DIR: directory.optional(),
  KEYRING_COPY_DIR: directory.optional(),
  METRICS_TOKEN: z.string().min(32, 'has 32 characters at least').optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'is smtp://user:password@host:587 or smtps://…:465' }).optional(),
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: 'is the address of the provider, such as https://login.example' })
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_PRIVATE_KEY_FILE: directory.optional(),
  OIDC_SCOPE: z
    .string()
    .regex(/^openid( |$)/, 'begins with openid')
    .default('openid email'),
  OIDC_NAME: z.string().max(40, 'has 40 characters at most').default('ProConnect'),
  OIDC_VOUCHES_FOR_EMAILS: trueOrFalse.default(false),
  OPERATOR_CONTACT: z.string().max(200, 'has 200 characters at most').optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\p{Cc}<>@]*<?[^\s<>@]+@[^\s<>@]+>?$/u, 'is an address such as Carnet <carnet@example.org>')
    .optional(),
})

export type Config = {
  mode: 'demo' | 'production'
  port: number
  publicUrl: string
  /** On the page about accessibility: who runs this, and where to write to them. */
  operatorContact: string | undefined
  /** Proxies in front of this server; null: none, or none that is believed. */
  trustedProxies: BlockList | null
  /** Undefined: the embedded database. */
  databaseUrl: string | undefined
  databasePrepare: boolean
  dataDir: string
  /** The embedded database's own directory. */
  postgresDir: string
  keyringDir: string
  keyringCopyDir: string
  /** Who has it reads `/metrics`. Undefined: this machine alone. */
  metricsToken: string | undefined
  /** How mails leave. Undefined in the demo, where nothing leaves. */
  smtp: { smtpUrl: string; from: string } | undefined
  /** An OpenID provider beside codes and passkeys. */
  oidc: OidcConfig | undefined
}

/** The environment does not describe an installation: one line for each variable to mend. */
export class ConfigError extends Error {}

/** Reads the environment. Throws `ConfigError` that names every wrong variable at once and says what it should be. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()))
  const read = settings.safeParse(given)
  const problems = read.success ? [] : read.error.issues.map((issue) => sayWhatToMend(issue, given))
  if (given.MODE === 'production') problems.push(...missingInProduction(given))
  problems.push(...missingForProvider(given))
  if (!read.success || problems.length > 0) throw new ConfigError(problems.join('\n'))

  const {
    MODE,
    PORT,
    PUBLIC_URL,
    TRUSTED_PROXY,
    DATABASE_URL,
    DATABASE_PREPARE,
    DATA_DIR,
    KEYRING_DIR,
    KEYRING_COPY_DIR,
    METRICS_TOKEN,
    SMTP_URL,
    OPERATOR_CONTACT,
    MAIL_FROM,
  } = read.data
  const config: Config = {
    mode: MODE,
    port: PORT,
    publicUrl: (PUBLIC_URL ?? `http://localhost:${PORT}`).replace(/\/$/, ''),
    operatorContact: OPERATOR_CONTACT,
    trustedProxies: TRUSTED_PROXY === undefined ? null : readNetworks(TRUSTED_PROXY),
    databaseUrl: DATABASE_URL,
    databasePrepare: DATABASE_PREPARE,
    dataDir: DATA_DIR,
    postgresDir: resolve(DATA_DIR, 'postgres'),
    keyringDir: KEYRING_DIR ?? resolve(DATA_DIR, 'keyring'),
    keyringCopyDir: KEYRING_COPY_DIR ?? resolve(DATA_DIR, 'keyring-copy'),
    metricsToken: METRICS_TOKEN,
    smtp: MODE === 'production' && SMTP_URL && MAIL_FROM ? { smtpUrl: SMTP_URL, from: MAIL_FROM } : undefined,
    oidc: oidcOf(read.data),
  }
  const contradictions = findContradictions(config)
  if (contradictions.length > 0) throw new ConfigError(contradictions.join('\n'))
  return config
}

const secretSettings = new Set(['DATABASE_URL', 'METRICS_TOKEN', 'SMTP_URL', 'OIDC_CLIENT_SECRET'])

/** An address may hold a password, so a wrong one is not repeated. */
function sayWhatToMend({ path, message }: z.core.$ZodIssue, given: Record<string, string | undefined>): string {
  const name = String(path[0])
  return secretSettings.has(name)
    ? `${name} ${message}, and not what it is now.`
    : `${name} ${message}; it is now "${given[name]}".`
}

const requiredInProduction = {
  PUBLIC_URL: 'the address people type, such as https://carnet.example',
  KEYRING_COPY_DIR: 'a directory on another disk, for the second copy of the keys',
  SMTP_URL: 'the mail server that sends sign-in codes, such as smtp://user:password@mail.example:587',
  MAIL_FROM: 'the sender of mails, such as Carnet <carnet@example.org>',
}

function missingInProduction(given: Record<string, string | undefined>): string[] {
  return Object.entries(requiredInProduction)
    .filter(([name]) => given[name] === undefined)
    .map(([name, what]) => `${name} is required in production: ${what}.`)
}

export type OidcConfig = Omit<OidcSettings, 'privateKeyPem'> & { privateKeyFile: string | undefined }

function oidcOf(given: z.infer<typeof settings>): OidcConfig | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId } = given
  if (issuer === undefined || clientId === undefined) return undefined
  return {
    issuer,
    clientId,
    secret: given.OIDC_CLIENT_SECRET,
    privateKeyFile: given.OIDC_PRIVATE_KEY_FILE,
    scope: given.OIDC_SCOPE,
    name: given.OIDC_NAME,
    vouchesForEmails: given.OIDC_VOUCHES_FOR_EMAILS,
  }
}

/** A provider is described whole, or not at all. */
function missingForProvider(given: Record<string, string | undefined>): string[] {
  if (given.OIDC_ISSUER === undefined) return []
  const hasOneKey = (given.OIDC_CLIENT_SECRET === undefined) !== (given.OIDC_PRIVATE_KEY_FILE === undefined)
  return [
    ...(given.OIDC_CLIENT_ID === undefined ? ['OIDC_CLIENT_ID is required with OIDC_ISSUER.'] : []),
    ...(hasOneKey
      ? []
      : ['OIDC_CLIENT_SECRET or OIDC_PRIVATE_KEY_FILE is required with OIDC_ISSUER, and only one of them.']),
  ]
}

function findContradictions({ keyringDir, keyringCopyDir, postgresDir }: Config): string[] {
  const keyDirectories = { KEYRING_DIR: keyringDir, KEYRING_COPY_DIR: keyringCopyDir }
  const insideDatabase = Object.entries(keyDirectories).filter(([, path]) => `${path}/`.startsWith(`${postgresDir}/`))
  return [
    ...(keyringDir === keyringCopyDir
      ? ['KEYRING_COPY_DIR is another directory than KEYRING_DIR: one copy is no copy.']
      : []),
    ...insideDatabase.map(
      ([name]) => `${name} is outside ${postgresDir}: a backup of the database must not hold its keys.`,
    ),
  ]
}
