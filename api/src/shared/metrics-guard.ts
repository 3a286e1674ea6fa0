import { createHash, timingSafeEqual } from 'node:crypto'

type Asking = {
  /** METRICS_TOKEN. */
  token: string | undefined
  authorization: string | undefined
  /** Of the connection, not of a header. */
  socketAddress: string | undefined
  wasForwarded: boolean
  /** Then everybody comes from the address of the proxy, which may be this machine's. */
  isBehindProxy: boolean
}

const loopback = /^(::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/
const sha256 = (text: string) => createHash('sha256').update(text).digest()

/** Who may read `/metrics`: with a token set, who has it; without one, this machine itself. Else it is as if nothing were here. */
export function mayReadMetrics(asking: Asking): 'yes' | 'no_token' | 'nothing_here' {
  const { token, authorization = '', socketAddress = '', wasForwarded, isBehindProxy } = asking
  if (token !== undefined) return timingSafeEqual(sha256(authorization), sha256(`Bearer ${token}`)) ? 'yes' : 'no_token'
  return loopback.test(socketAddress) && !wasForwarded && !isBehindProxy ? 'yes' : 'nothing_here'
}
