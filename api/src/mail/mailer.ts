import { createTransport } from 'nodemailer'
import type { Mail } from './mail.ts'

export type Mailer = {
  send: (mail: Mail) => Promise<void>
  close: () => void
  /** What was sent, newest first, where the demo keeps it. */
  list?: () => readonly KeptMail[]
}
export type KeptMail = Mail & { at: Date }

const patienceMs = 20_000

/** By SMTP. `smtps://` is TLS from the first byte; with `smtp://` TLS begins as soon as the server offers it. */
export function createSmtpMailer({ smtpUrl, from }: { smtpUrl: string; from: string }): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 2,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    // A mail is words of our catalogue: it reads no file and fetches nothing.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const host = /@([^>]+)>?$/.exec(from)![1]!
  return {
    async send({ id, to, ...content }) {
      const headers = { 'Auto-Submitted': 'auto-generated' }
      await transport.sendMail({
        ...content,
        from,
        to: { name: '', address: to },
        messageId: `<${id}@${host}>`,
        headers,
      })
    },
    close: () => transport.close(),
  }
}

const mailboxSize = 100

/** The demo's post: nothing leaves, everybody may read, and it is empty again at the next start. */
export function createMailbox(now: () => Date): Required<Mailer> {
  const kept: KeptMail[] = []
  return {
    async send(mail) {
      kept.unshift({ ...mail, at: now() })
      kept.splice(mailboxSize)
    },
    list: () => kept,
    close: () => {},
  }
}

/** The server said no and will go on saying so (RFC 5321: replies from 500). */
export const isRefusedForGood = (error: unknown): boolean =>
  error instanceof Error && 'responseCode' in error && Number(error.responseCode) >= 500

const soonMs = [0, 2_000, 15_000]

/**
 * Sends what must not be written down, such as a code: from memory, three times at most, after the caller has answered. What
 * it says of a failure names nobody.
 */
export function sendSoon(mailer: Mailer, mail: Mail, report: (error: unknown) => void, attempt = 0): void {
  setTimeout(async () => {
    try {
      await mailer.send(mail)
    } catch (error) {
      if (attempt + 1 < soonMs.length && !isRefusedForGood(error)) sendSoon(mailer, mail, report, attempt + 1)
      else report(error)
    }
  }, soonMs[attempt]).unref()
}
