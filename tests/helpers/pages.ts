import type { App } from '@carnet/api/app.ts'

type Member = { headers: Record<string, string> }

/** Reads pages as a person, and sends forms as a browser of this site would. */
export function pageReader(app: App) {
  const read = async (path: string, as: Member) => {
    const reply = await app.request(path, { headers: { ...as.headers, accept: 'text/html' } })
    const html = await reply.text()
    return { status: reply.status, type: reply.headers.get('content-type') ?? '', html, text: textOf(html) }
  }
  const send = async (
    path: string,
    as: Member,
    form: Record<string, string> | string[][] = {},
    more: Record<string, string> = {},
  ) => {
    const headers = { ...as.headers, ...more, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' }
    const body = new URLSearchParams(form).toString()
    const length = { 'content-length': String(body.length) }
    const reply = await app.request(path, { method: 'POST', headers: { ...headers, ...length }, body })
    return { status: reply.status, location: reply.headers.get('location'), text: textOf(await reply.text()) }
  }
  return { read, send }
}

/** What a reader sees, with plain blanks. */
const textOf = (html: string): string =>
  html
    .replace(/<style.*?<\/style>|<[^>]+>/gs, ' ')
    .replaceAll('&#39;', '’')
    .replaceAll('&amp;', '&')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
