import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ConfigError, readConfig, settings } from '@carnet/api/config.ts'
import { describe, expect, test } from 'vitest'

function messageOf(environment: Record<string, string>): string {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return ''
}

test('nothing needs to be set', () => {
  expect(readConfig({})).toEqual({
    mode: 'demo',
    port: 8080,
    publicUrl: 'http://localhost:8080',
    trustedProxies: null,
    databaseUrl: undefined,
    databasePrepare: true,
    dataDir: resolve('.data'),
    postgresDir: resolve('.data/postgres'),
    keyringDir: resolve('.data/keyring'),
    keyringCopyDir: resolve('.data/keyring-copy'),
    metricsToken: undefined,
    smtp: undefined,
    oidc: undefined,
  })
})

test('everything is beside the data unless told otherwise', () => {
  const config = readConfig({
    DATA_DIR: '/srv/carnet',
    KEYRING_COPY_DIR: '/mnt/other',
    PORT: '9000',
    DATABASE_PREPARE: 'false',
  })
  expect(config).toMatchObject({
    port: 9000,
    publicUrl: 'http://localhost:9000',
    databasePrepare: false,
    postgresDir: '/srv/carnet/postgres',
    keyringDir: '/srv/carnet/keyring',
    keyringCopyDir: '/mnt/other',
  })
})

test('an empty variable counts as unset', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ', MODE: '' })).toEqual(readConfig({}))
})

test('links are built on an address without a slash at its end', () => {
  expect(readConfig({ PUBLIC_URL: 'https://carnet.example/' }).publicUrl).toBe('https://carnet.example')
})

describe('a wrong value is named with what it should be', () => {
  test.each([
    ['MODE', 'prod', 'MODE is demo or production; it is now "prod".'],
    ['PORT', 'http', 'PORT is a whole number from 1 to 65535; it is now "http".'],
    ['PORT', '0', 'PORT is a whole number from 1 to 65535; it is now "0".'],
    ['PORT', '65536', 'PORT is a whole number from 1 to 65535; it is now "65536".'],
    ['PORT', '80.5', 'PORT is a whole number from 1 to 65535; it is now "80.5".'],
    [
      'PUBLIC_URL',
      'carnet.example',
      'PUBLIC_URL is the address people type, such as https://carnet.example; it is now "carnet.example".',
    ],
    [
      'DATABASE_URL',
      'mysql://host/x',
      'DATABASE_URL is postgres://user:password@host:5432/database, and not what it is now.',
    ],
    [
      'TRUSTED_PROXY',
      'proxy',
      'TRUSTED_PROXY is the address of the proxy in front, or networks: 10.0.0.0/8,::1; it is now "proxy".',
    ],
    ['DATABASE_PREPARE', 'no', 'DATABASE_PREPARE is true or false; it is now "no".'],
  ])('%s=%s', (name, value, sentence) => {
    expect(messageOf({ [name]: value })).toBe(sentence)
  })

  test('all at once', () => {
    const lines = messageOf({ MODE: 'production', PORT: 'x', DATABASE_PREPARE: '1' }).split('\n')
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      'PORT',
      'DATABASE_PREPARE',
      'PUBLIC_URL',
      'KEYRING_COPY_DIR',
      'SMTP_URL',
      'MAIL_FROM',
    ])
  })

  test('a password in a wrong address is not printed', () => {
    expect(messageOf({ DATABASE_URL: 'mysql://carnet:secret@host/x' })).not.toContain('secret')
    expect(messageOf({ METRICS_TOKEN: 'secret' })).toBe(
      'METRICS_TOKEN has 32 characters at least, and not what it is now.',
    )
    expect(messageOf({ SMTP_URL: 'http://carnet:secret@host' })).toMatch(/^SMTP_URL is smtp:(?!.*secret)/)
  })

  test('whom to write to fits on one line', () => {
    expect(readConfig({ OPERATOR_CONTACT: 'Mairie, a@b.fr' }).operatorContact).toBe('Mairie, a@b.fr')
    expect(messageOf({ OPERATOR_CONTACT: 'a'.repeat(201) })).toContain('OPERATOR_CONTACT has 200 characters at most')
  })

  test.each(['carnet', 'Carnet <carnet@example.org>\nBcc: all@example.org', 'a@b@c'])('%s sends no mail', (sender) => {
    expect(messageOf({ MAIL_FROM: sender })).toContain('MAIL_FROM is an address such as')
  })
})

describe('an OpenID provider', () => {
  const provider = { OIDC_ISSUER: 'https://login.example', OIDC_CLIENT_ID: 'carnet', OIDC_CLIENT_SECRET: 's' }

  test('is described whole', () => {
    expect(readConfig(provider).oidc).toMatchObject({ issuer: 'https://login.example', scope: 'openid email' })
    expect(messageOf({ OIDC_ISSUER: 'https://login.example' })).toBe(
      'OIDC_CLIENT_ID is required with OIDC_ISSUER.\nOIDC_CLIENT_SECRET or OIDC_PRIVATE_KEY_FILE is required with OIDC_ISSUER, and only one of them.',
    )
    expect(messageOf({ ...provider, OIDC_PRIVATE_KEY_FILE: '/key.pem' })).toContain('only one of them')
    expect(messageOf({ ...provider, OIDC_SCOPE: 'email' })).toContain('OIDC_SCOPE begins with openid')
  })
})

describe('the two copies of the keyring', () => {
  test('are two directories', () => {
    expect(messageOf({ KEYRING_DIR: '/keys', KEYRING_COPY_DIR: '/keys/' })).toContain('one copy is no copy')
  })

  test('are outside the database, so that its backup does not hold its keys', () => {
    expect(messageOf({ DATA_DIR: '/d', KEYRING_DIR: '/d/postgres/keys' })).toContain(
      'KEYRING_DIR is outside /d/postgres',
    )
    expect(messageOf({ DATA_DIR: '/d', KEYRING_COPY_DIR: '/d/postgres' })).toContain(
      'KEYRING_COPY_DIR is outside /d/postgres',
    )
  })
})

test('docs/configuration.md has one line for each setting, in order, with its default', () => {
  const rows = [...readFileSync('docs/configuration.md', 'utf8').matchAll(/^\| `(\w+)` \| (.+?) \|/gm)]
  expect(rows.map(([, name]) => name)).toEqual(Object.keys(settings.shape))

  const documented = Object.fromEntries(rows.map(([, name, value]) => [name, value!.replaceAll('`', '')]))
  const { DATA_DIR, ...defaults } = settings.parse({})
  expect(documented.DATA_DIR).toBe('.data')
  expect(DATA_DIR).toBe(resolve('.data'))
  for (const [name, value] of Object.entries(defaults)) expect(documented[name], name).toBe(String(value))
})
