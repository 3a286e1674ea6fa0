import { readConfig } from '@carnet/api/config.ts'
import { welcome } from '@carnet/api/welcome.ts'
import { expect, test } from 'vitest'

test('a start ends with the address, and in the demo with the accounts to try', () => {
  expect(welcome(readConfig({ PORT: '9000' }))).toContain('ready: http://localhost:9000\n')
  expect(welcome(readConfig({}))).toContain('Open this address: an account to try for each role')
})

test('production has no accounts to try, and no password is printed', () => {
  const production = {
    MODE: 'production',
    PUBLIC_URL: 'https://carnet.example',
    KEYRING_COPY_DIR: '/mnt/keys',
    SMTP_URL: 'smtp://mail',
    MAIL_FROM: 'a@b.fr',
  }
  const text = welcome(readConfig({ ...production, DATABASE_URL: 'postgres://carnet:secret@db/carnet' }))
  expect(text).toContain('https://carnet.example')
  expect(text).not.toMatch(/demo|account|secret/)
})
