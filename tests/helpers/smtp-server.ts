import { SMTPServer } from 'smtp-server'
import { afterAll } from 'vitest'

export type ReceivedMail = { from: string; to: string[]; text: string }

/** A real mail server on a port of its own. `answer` may refuse a recipient with an SMTP code. */
export async function givenSmtpServer(answer: (to: string) => number | null = () => null) {
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _session, done) {
      const responseCode = answer(address)
      done(responseCode === null ? null : Object.assign(new Error('refused'), { responseCode }))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const to = rcptTo.map(({ address }) => address)
        received.push({ from: mailFrom ? mailFrom.address : '', to, text: Buffer.concat(chunks).toString('utf8') })
        done()
      })
    },
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const close = () => new Promise<void>((closed) => server.close(closed))
  afterAll(close)
  const address = server.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { received, smtpUrl: `smtp://127.0.0.1:${port}`, close }
}
