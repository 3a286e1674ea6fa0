import { BlockList, isIP } from 'node:net'
import type { Context as HonoContext } from 'hono'

/** Networks of the proxies in front of us, as `TRUSTED_PROXY` names them: `10.0.0.0/8,::1`. Null: one of them is none. */
export function readNetworks(text: string): BlockList | null {
  const networks = new BlockList()
  for (const part of text.split(',').map((word) => word.trim())) {
    const [address = '', length] = part.split('/')
    const version = isIP(address)
    const bits = version === 4 ? 32 : 128
    if (version === 0 || (length !== undefined && !(/^\d{1,3}$/.test(length) && Number(length) <= bits))) return null
    networks.addSubnet(address, Number(length ?? bits), version === 4 ? 'ipv4' : 'ipv6')
  }
  return networks
}

/**
 * The network address of who asks. `X-Forwarded-For` counts only when a proxy of ours sent it, and then from its end: what
 * stands before the last address that is not ours was written by the caller.
 */
export function addressOf(socketAddress: string, forwardedFor: string | undefined, proxies: BlockList | null): string {
  const isOurs = (address: string) =>
    isIP(address) > 0 && proxies?.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6') === true
  const hops = forwardedFor === undefined ? [] : forwardedFor.split(',').map((hop) => plain(hop.trim()))
  let address = plain(socketAddress)
  while (isOurs(address) && hops.length > 0) address = hops.pop()!
  return isIP(address) === 6 ? networkOf(address) : address
}

/** An IPv4 address that a socket of both kinds writes as `::ffff:192.0.2.1`. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '')

/** One household or one machine has a whole /64 of IPv6. */
function networkOf(address: string): string {
  const [head = '', tail] = address.split('%')[0]!.split('::')
  const heads = head.split(':').filter(Boolean)
  const tails = tail?.split(':').filter(Boolean) ?? []
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - heads.length - tails.length)
  return [...heads, ...Array<string>(zeros).fill('0'), ...tails]
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':')
}

/**
 * Whom a limit counts when there is no account: the address with the browser. Never the address alone: a whole workshop
 * shares one. It lives as long as the request.
 */
export const callerOf = (c: HonoContext, proxies: BlockList | null): string => {
  const address = addressOf(socketAddressOf(c) ?? 'unknown', c.req.header('x-forwarded-for'), proxies)
  return `${address}\n${c.req.header('user-agent') ?? ''}`
}

/** The other end of the connection: a proxy where there is one. Undefined where no socket is, as in most tests. */
export function socketAddressOf(c: HonoContext): string | undefined {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  return incoming?.socket?.remoteAddress
}
