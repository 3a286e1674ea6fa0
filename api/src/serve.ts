import type { Server } from 'node:http'
import { createServer } from 'node:net'
import { StartError } from '@carnet/db/start-error'
import { serve } from '@hono/node-server'

const patienceMs = 10_000
/** For a whole request, body included, and for its headers alone: who sends slower is answered 408 and cut. */
const timeouts = { requestTimeout: 60_000, headersTimeout: 15_000, connectionsCheckingInterval: 5_000 }
const maxHeaderSize = 16_384

/** Throws `StartError` when another program has the port, before anything is started for nothing. */
export function checkPort(port: number): Promise<void> {
  return new Promise((free, fail) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => fail(explainPort(error, port)))
    probe.listen(port, () => probe.close(() => free()))
  })
}

/** Serves until the function given back is called: that one lets requests already accepted end, for ten seconds. */
export function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  port: number,
  patience = timeouts,
): Promise<() => Promise<void>> {
  return new Promise((ready, fail) => {
    const server = serve({ fetch, port, serverOptions: { ...patience, maxHeaderSize } }, () =>
      ready(() => close(server)),
    ) as Server
    server.once('error', (error: NodeJS.ErrnoException) => fail(explainPort(error, port)))
  })
}

function close(server: Server): Promise<void> {
  const impatience = setTimeout(() => server.closeAllConnections(), patienceMs)
  return new Promise((closed) => {
    server.close(() => {
      clearTimeout(impatience)
      closed()
    })
    server.closeIdleConnections()
  })
}

function explainPort(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new StartError(
      `Port ${port} is in use by another program. Stop it, or choose another: PORT=${port + 1} npm start`,
    )
  if (error.code === 'EACCES')
    return new StartError(
      `Port ${port} is reserved for the administrator of this machine. Choose another: PORT=8080 npm start`,
    )
  return error
}
