import { connect, createServer, type Socket } from 'node:net'
import { afterAll } from 'vitest'

/**
 * What stands between a phone and the server. `cut`: refused at once. `silent`: taken and never answered, as a half-open connection
 * is. `portal`: the page of a hotel, for whatever is asked. A number: that status, with a body that is not ours. `lossy`: `loss` of
 * the connections break in the middle, and each way takes `delayMs`.
 */
export type Weather = 'clear' | 'cut' | 'silent' | 'portal' | number | { loss: number; delayMs: number }

const page = '<!doctype html><title>Wifi</title><form action="/login">Bienvenue</form>'
const answerOf = (status: number, body: string, type: string) =>
  `HTTP/1.1 ${status} X\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`

/** A port of its own in front of the server's. Its weather changes at once, also for connections that stand. */
export async function roughNetwork(serverPort: number, random: () => number = Math.random) {
  let weather: Weather = 'clear'
  const open = new Set<Socket>()
  const network = {
    port: 0,
    turn(next: Weather) {
      weather = next
      for (const socket of open) socket.destroy()
      open.clear()
    },
  }
  const proxy = createServer((phone) => {
    phone.on('error', () => undefined)
    if (weather === 'cut') return void phone.destroy()
    open.add(phone)
    phone.on('close', () => open.delete(phone))
    if (weather === 'silent') return void phone.resume()
    if (weather === 'portal') return answerAlways(phone, answerOf(200, page, 'text/html'))
    if (typeof weather === 'number') return answerAlways(phone, answerOf(weather, '{}', 'text/plain'))
    const server = connect(serverPort, '127.0.0.1')
    server.on('error', () => phone.destroy())
    phone.on('close', () => server.destroy())
    server.on('close', () => phone.destroy())
    if (weather === 'clear') return void phone.pipe(server).pipe(phone)
    const { loss, delayMs } = weather
    const breaksAfter = random() < loss ? Math.floor(random() * 2_000) : Number.POSITIVE_INFINITY
    slow(phone, server, delayMs, Number.POSITIVE_INFINITY)
    slow(server, phone, delayMs, breaksAfter)
  })
  await new Promise<void>((ready) => proxy.listen(0, ready))
  network.port = (proxy.address() as { port: number }).port
  afterAll(() => {
    network.turn('cut')
    proxy.close()
  })
  return network
}

function answerAlways(phone: Socket, answer: string): void {
  phone.once('data', () => phone.end(answer))
}

/** Each piece arrives later, in its order; after so many bytes the connection breaks. */
function slow(from: Socket, to: Socket, delayMs: number, breaksAfter: number): void {
  let passed = 0
  from.on('data', (piece) => {
    passed += piece.length
    setTimeout(() => {
      if (passed > breaksAfter) from.destroy()
      else if (!to.destroyed) to.write(piece)
    }, delayMs)
  })
}
