/** The scan routes as production serves them, with one more: the same request, validated, and nothing done. */

import { createApp } from '@carnet/api/app.ts'
import { rawRequest } from '@carnet/api/devices/routes.ts'
import { findPhone, readSigned } from '@carnet/api/devices/signed-request.ts'
import { createKeyring } from '@carnet/api/keyring/keyring.ts'
import { readScan, ScansRequest } from '@carnet/api/redemptions/scan-request.ts'
import { createScanning } from '@carnet/api/scanning.ts'
import { createLimit, type Limit } from '@carnet/api/shared/rate-limit.ts'
import { connectDatabase } from '@carnet/db'
import { serve } from '@hono/node-server'

const [url, directory, copyDirectory] = process.argv.slice(2) as [string, string, string]
const keyring = createKeyring({ directory, copyDirectory })
const { db } = connectDatabase(url, { role: 'carnet_app' })
const now = () => new Date()
const scanning = createScanning({
  db,
  now,
  keyring,
  url,
  prepare: true,
  mode: 'production',
  generation: keyring.generation,
})
const counted = createLimit()
/** Counted as ever and never refused: one phone of the benchmark scans for thousands. */
const limit: Limit = (kind, key) => {
  try {
    counted.limit(kind, key)
  } catch {}
}
const app = createApp({
  limit,
  db,
  keyring,
  now,
  mode: 'production',
  publicUrl: 'http://localhost',
  scanning: scanning.parts,
})

app.post('/api/v1/device/empty', async (c) => {
  const request = rawRequest(c)
  const device = await findPhone(scanning.parts.directory, request)
  const { scans } = await readSigned(device, request, ScansRequest)
  return c.json({ read: scans.filter((item) => readScan(keyring, item).scan).length })
})
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log(port))
