/**
 * A server process of its own, for races between processes: the real app on a given database and keyring, at a given hour.
 * Prints its port. Ends when whoever started it does.
 */
import { createApp } from '@carnet/api/app.ts'
import { openKeyring } from '@carnet/api/keyring/keyring.ts'
import { createScanning } from '@carnet/api/scanning.ts'
import { listen } from '@carnet/api/serve.ts'
import { connectDatabase } from '@carnet/db'
import { freePort } from './command.ts'

const [url, directory, copyDirectory, hour] = process.argv.slice(2) as [string, string, string, string]
const { db } = connectDatabase(url, { role: 'carnet_app', maxConnections: 4 })
const keyring = openKeyring({ directory, copyDirectory })
const now = () => new Date(hour)
const scanning = createScanning({ url, prepare: true, db, keyring, now, mode: 'demo', generation: keyring.generation })
// Mutants break on purpose: what a server would log of it says nothing about the real one.
const log = () => {}
const app = createApp({ db, keyring, now, mode: 'demo', publicUrl: 'http://localhost', scanning: scanning.parts, log })

const port = await freePort()
await listen(app.fetch, port)
process.stdin.on('end', () => process.exit(0)).resume()
console.log(port)
