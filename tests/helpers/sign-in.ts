import type { App } from '@carnet/api/app.ts'
import type { Mailer } from '@carnet/api/mail/mailer.ts'
import { expect, vi } from 'vitest'

/** A browser in front of the real app: it keeps cookies, sends forms and follows nothing by itself. */
export function givenBrowser(app: App, headers: Record<string, string> = {}) {
  const cookies = new Map<string, string>()
  async function ask(path: string, init: RequestInit & { headers?: Record<string, string> } = {}) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await app.request(path, {
      ...init,
      headers: {
        accept: 'text/html',
        'sec-fetch-site': 'same-origin',
        ...headers,
        ...init.headers,
        ...(cookie && { cookie }),
      },
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const [name = '', value = ''] = pair.split('=')
      if (/max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }
  function post(path: string, form: Record<string, string>) {
    const body = new URLSearchParams(form).toString()
    const length = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) }
    return ask(path, { method: 'POST', body, headers: length })
  }
  async function send(path: string, json: unknown) {
    const body = JSON.stringify(json)
    const type = {
      'content-type': 'application/json',
      accept: 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    }
    const response = await ask(path, { method: 'POST', body, headers: type })
    return { status: response.status, body: await response.json() }
  }
  /** Who this browser is for the API, or the code of the refusal. */
  async function whoAmI(): Promise<string> {
    const answer = await (await ask('/api/v1/session', { headers: { accept: 'application/json' } })).json()
    return answer.role ?? answer.code
  }
  return { cookies, ask, post, send, whoAmI }
}
export type TestBrowser = ReturnType<typeof givenBrowser>

/** The newest code that was mailed to an address: it leaves a moment after the answer. */
export async function codeFor({ list }: Required<Mailer>, email: string, after = 0): Promise<string> {
  return vi.waitFor(() => {
    const mails = list().filter(({ to }) => to === email)
    expect(mails.length).toBeGreaterThan(after)
    return /\b\d{8}\b/.exec(mails[0]!.text)![0]
  })
}
