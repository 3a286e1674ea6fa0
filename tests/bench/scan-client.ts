/**
 * A lean load client, a process of its own: raw sockets that keep one request each under way, bodies and signatures made ahead.
 * Reads one job (JSON) on standard input, writes its result on standard output.
 */
import { createHmac } from 'node:crypto'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

export type Job = {
  port: number
  path: string
  connections: number
  seconds: number
  token: string
  requestKey: string
  bodies: string[]
}
export type Load = { requests: number; failed: number; seconds: number; p50Ms: number; p99Ms: number; left: number }

const job = JSON.parse(await text(process.stdin)) as Job
const requestKey = Buffer.from(job.requestKey, 'base64url')
const requests = job.bodies.map((body) => {
  const signature = createHmac('sha256', requestKey).update(body).digest('base64url')
  const head = [
    `POST ${job.path} HTTP/1.1`,
    'host: 127.0.0.1',
    `authorization: Bearer ${job.token}`,
    `x-signature: ${signature}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
})

const latencies: number[] = []
let next = 0
let failed = 0
const startedAt = performance.now()
const endsAt = startedAt + job.seconds * 1000

function keepSending(): Promise<void> {
  return new Promise((done, fail) => {
    const socket = connect(job.port, '127.0.0.1')
    let sentAt = 0
    let pending = ''
    const send = () => {
      const request = requests[next++]
      if (!request || performance.now() > endsAt) {
        socket.end()
        done()
        return
      }
      sentAt = performance.now()
      socket.write(request)
    }
    socket.setNoDelay(true)
    socket.on('connect', send)
    socket.on('error', fail)
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1')
      const headEnd = pending.indexOf('\r\n\r\n')
      if (headEnd < 0) return
      const length = Number(/content-length: (\d+)/i.exec(pending)?.[1] ?? Number.NaN)
      if (!(pending.length >= headEnd + 4 + length)) return
      // Every voucher here is sent once: anything but accepted is a failure.
      if (!pending.startsWith('HTTP/1.1 200') || /"outcome":"(refused|retry)"/.test(pending)) {
        if (failed++ === 0) console.error(`the first failure: ${pending}`)
      }
      latencies.push(performance.now() - sentAt)
      pending = ''
      send()
    })
  })
}

await Promise.all(Array.from({ length: job.connections }, keepSending))
const seconds = (performance.now() - startedAt) / 1000
latencies.sort((a, b) => a - b)
const at = (share: number) => Number((latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(1))
const load: Load = {
  requests: latencies.length,
  failed,
  seconds,
  p50Ms: at(0.5),
  p99Ms: at(0.99),
  left: Math.max(0, requests.length - next),
}
process.stdout.write(JSON.stringify(load))
