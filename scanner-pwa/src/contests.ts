/** What the coordination answered to contested refusals. */

import type { Enrolment } from './phone/facts.ts'
import { serverFor } from './phone/server.ts'
import { waitsForAnswer } from './queue/scan.ts'
import { ServerTrouble } from './queue/send.ts'
import { outbox, scans } from './state.ts'

const everyMs = 3_600_000
let heardAt = 0

/** A person asks: the next turn asks the server too. */
export const askNewsSoon = (): void => {
  heardAt = 0
}

/** Answers of the coordination, once an hour, or when a person asks. Throws `ServerTrouble`. */
export async function hearContests(asked: Enrolment): Promise<void> {
  const waiting = scans.value.filter((scan) => waitsForAnswer(scan) && scan.contest?.state !== 'queued')
  if (waiting.length === 0 || Date.now() - heardAt < everyMs) return
  const server = serverFor(asked)
  for (const { scanId } of waiting) {
    const news = await server.contestNews(scanId).catch((error: unknown) => {
      if (error instanceof ServerTrouble && error.trouble === 'refused') return null
      throw error
    })
    // Where it does not fit, it is asked again in an hour.
    await outbox.hearContest(scanId, news).catch(() => undefined)
  }
  heardAt = Date.now()
}
