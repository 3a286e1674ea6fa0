import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { connectDatabase } from '@carnet/db'
import { lockDataDirectory } from '@carnet/db/embedded-lock'
import { migrateDatabase } from '@carnet/db/migrate'
import { explainFullDisk, StartError } from '@carnet/db/start-error'
import { abandonKey } from './abandon-key.ts'
import { createOidcProvider, type OidcProvider } from './accounts/oidc-provider.ts'
import { createApp } from './app.ts'
import { type Config, ConfigError, type OidcConfig, readConfig } from './config.ts'
import { mailJobs } from './jobs.ts'
import { createMailbox, createSmtpMailer } from './mail/mailer.ts'
import { findCommand } from './maintain.ts'
import { openDatabase } from './open-database.ts'
import { createDemoAccountList, discardUnfinishedDemo, openDemo } from './open-demo.ts'
import { openInstallationKeyring } from './open-keyring.ts'
import { openPeriods, reconcileAtStart } from './open-periods.ts'
import { createScanning } from './scanning.ts'
import { checkPort, listen } from './serve.ts'
import { createContext } from './shared/context.ts'
import { errorLine } from './shared/error-log.ts'
import { AppError } from './shared/errors.ts'
import { tellStrayError } from './stray-errors.ts'
import { warnOfKeyring } from './warn-of-keyring.ts'
import { welcome } from './welcome.ts'

/** What is open, newest last: closed in the opposite order. */
const open: (() => void | Promise<void>)[] = []
let isStopping = false

/** Throws `ConfigError` for a key that cannot be read. */
function openOidcProvider({ privateKeyFile, ...settings }: OidcConfig): OidcProvider {
  try {
    const privateKeyPem = privateKeyFile === undefined ? undefined : readFileSync(privateKeyFile, 'utf8')
    return createOidcProvider({ ...settings, privateKeyPem })
  } catch {
    throw new ConfigError('OIDC_PRIVATE_KEY_FILE is a file that Carnet may read, with a private key in PEM.')
  }
}

async function start(config: Config): Promise<void> {
  if (config.databaseUrl === undefined) open.push(await lockDataDirectory(config.dataDir))
  await checkPort(config.port)
  const database = await openDatabase(config)
  open.push(database.close)
  void database.failed.then(stopBecause)

  await discardUnfinishedDemo(config, database.url)
  const keyring = await openInstallationKeyring(config, database.url)
  warnOfKeyring(config)
  if (config.mode === 'demo') await openDemo(config, database.url, keyring, (line) => console.log(`… ${line}`))
  const { db, end } = connectDatabase(database.url, { role: 'carnet_app', prepare: config.databasePrepare })
  open.push(end)
  const now = () => new Date()
  const { mode, publicUrl, trustedProxies, databasePrepare: prepare } = config
  const operator = createContext({ db, keyring, now, actor: { kind: 'operator' } })
  const restored = await reconcileAtStart(operator)
  if (restored) console.error(restored)
  const mailer = config.smtp ? createSmtpMailer(config.smtp) : createMailbox(now)
  open.push(mailer.close)
  const periods = await openPeriods(operator, reportJob, mailJobs({ mailer, publicUrl }))
  open.push(periods.close)
  const scanning = createScanning({
    url: database.url,
    prepare,
    db,
    keyring,
    now,
    mode,
    generation: periods.generation,
  })
  open.push(scanning.close)
  const demoAccounts = createDemoAccountList(operator, publicUrl)
  const app = createApp({
    db,
    keyring,
    now,
    mode,
    publicUrl,
    operatorContact: config.operatorContact,
    scanning: scanning.parts,
    demoAccounts,
    mailer,
    oidc: config.oidc && openOidcProvider(config.oidc),
    trustedProxies,
    metricsToken: config.metricsToken,
  })
  open.push(await listen(app.fetch, config.port))
  console.log(welcome(config))
}

/** Where it failed and why, as JSON: never what was in the database. */
function reportJob(job: string, error: unknown): void {
  const code = error instanceof AppError ? error.code : undefined
  console.error(
    JSON.stringify({
      level: 'error',
      job,
      code,
      ...(!code && errorLine(error as Error, { route: job, requestId: '' })),
    }),
  )
}

/** Given up by a person at the keyboard, with a token; the embedded database must not be in use. */
async function abandon(config: Config): Promise<void> {
  if (config.databaseUrl === undefined) open.push(await lockDataDirectory(config.dataDir))
  const database = await openDatabase(config)
  open.push(database.close)
  const keyring = await openInstallationKeyring(config, database.url)
  const { db, end } = connectDatabase(database.url, { role: 'carnet_app', prepare: config.databasePrepare })
  open.push(end)
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const token = await terminal.question('API token of a coordinator or a finance approver: ')
  terminal.close()
  console.log(await abandonKey({ db, keyring, now: () => new Date() }, process.argv[3], token))
  await stop(0)
}

async function migrate(config: Config): Promise<void> {
  if (config.databaseUrl === undefined)
    throw new StartError('Set DATABASE_URL: npm start migrates the embedded database itself.')
  await migrateDatabase(config.databaseUrl)
}

async function stop(exitCode: number): Promise<void> {
  if (isStopping) return
  isStopping = true
  while (open.length > 0) await open.pop()?.()
  process.exit(exitCode)
}

/** A sentence for what can be mended, the whole error for a bug. */
async function stopBecause(error: unknown): Promise<void> {
  if (isStopping) return
  const isSentence = error instanceof StartError || error instanceof ConfigError
  const told = isSentence ? error : explainFullDisk(error, 'the data')
  console.error(told ? told.message : error)
  await stop(1)
}

// Whoever read what is said here is gone: no reason to stop serving, and to say so would fail again, for ever.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
for (const event of ['unhandledRejection', 'uncaughtException'] as const)
  process.on(event, (reason: unknown) => tellStrayError(reason, { log: console.error, stop: () => void stop(1) }))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))

try {
  const config = readConfig(process.env)
  const command = findCommand(process.argv[2])
  if (command) console.log(await command(config, process.argv.slice(3)))
  else if (process.argv[2] === 'migrate') await migrate(config)
  else if (process.argv[2] === 'keyring:abandon') await abandon(config)
  else await start(config)
} catch (error) {
  await stopBecause(error)
}
