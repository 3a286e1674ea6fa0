import { textOfReply } from './reply-text.ts'

export type Request = (path: string, headers: Record<string, string>) => Promise<Response> | Response
export type Visit = { path: string; status: number; text: string }
/** A form as a browser sends it when nobody changes a field. */
export type Form = { action: string; body: string }

const linkPattern = /(?:href|action|src)="(\/[^"#]*)/g
/** Files that hold no text, the frame of the scanner, and what ends the session. */
const unread = /^\/(assets|scanner|deconnexion)\b/

/**
 * Two addresses that differ only in how they sort or page, or in the service looked for, show the same list. A paper is read once, and
 * a dataset in one form of file: open-data.test.ts sees that they are the same.
 */
const nameOf = (address: string) => {
  const { pathname, searchParams } = new URL(address, 'http://site')
  for (const name of ['tri', 'page', 'lang', 'q', 'suite', 'service']) searchParams.delete(name)
  const path = pathname.replace(/(\/exports\/)(json|xlsx|parquet)$/, '$1csv')
  return path.endsWith('.pdf') ? path : `${path}?${searchParams}`
}

/** Reads these addresses and every one that a page of them links to, as one of the actors. */
export async function* crawl(
  request: Request,
  starts: readonly string[],
  headers: Record<string, string>,
  most = 400,
): AsyncGenerator<Visit> {
  const waiting = [...starts]
  const seen = new Set(waiting.map(nameOf))
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.size > most) throw new Error('The site has no end')
    const reply = await request(path, { accept: 'text/html', ...headers })
    const text = await textOfReply(reply)
    yield { path, status: reply.status, text }
    if (!reply.headers.get('content-type')?.includes('html')) continue
    for (const [, link = ''] of text.matchAll(linkPattern)) {
      const next = link.replaceAll('&amp;', '&')
      if (unread.test(next) || seen.has(nameOf(next))) continue
      seen.add(nameOf(next))
      waiting.push(next)
    }
  }
}

const formPattern = /<form\b([^>]*)>(.*?)<\/form>/gs
const fieldPattern = /<(input|select|textarea|option)\b([^>]*)>/g
const attribute = (text: string, name: string) =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1]?.replaceAll('&amp;', '&')

/** The forms of a page that write something, signing out left aside. */
export function formsOf(html: string): Form[] {
  return [...html.matchAll(formPattern)].flatMap(([, head = '', inside = '']) => {
    const action = attribute(head, 'action')
    if (attribute(head, 'method') !== 'post' || action === undefined || unread.test(action)) return []
    const fields = new URLSearchParams()
    let select: string | undefined
    for (const [, tag, facts = ''] of inside.matchAll(fieldPattern)) {
      const [name, value] = [attribute(facts, 'name'), attribute(facts, 'value')]
      if (tag === 'select') select = name
      else if (tag === 'option' && select !== undefined && !fields.has(select)) fields.set(select, value ?? '')
      else if (tag !== 'option' && name !== undefined) fields.append(name, value ?? '')
    }
    return [{ action, body: fields.toString() }]
  })
}
