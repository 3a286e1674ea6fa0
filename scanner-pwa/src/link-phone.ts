import { keepMemory } from './phone/browser.ts'
import { enrol } from './phone/enrol.ts'
import { readFact } from './phone/facts.ts'
import { ServerTrouble } from './queue/send.ts'
import { t } from './say.ts'
import { replaceScreen } from './screen.ts'
import { bundle, db, enrolment, isOnline, needsEnrolment, prefer, venue } from './state.ts'
import { sync } from './sync.ts'

/** Links this phone by a token and goes on; null, or the sentence of what went wrong. Its queue is kept whatever happens. */
export async function startLinking(token: string): Promise<string | null> {
  try {
    enrolment.value = await enrol(db, token, navigator.platform.slice(0, 60) || 'Téléphone', enrolment.value)
  } catch (error) {
    const trouble = error instanceof ServerTrouble ? error.trouble : 'busy'
    if (trouble === 'offline') {
      isOnline.value = false
      return t('scanner.enrol.offline')
    }
    return t(trouble === 'not_enrolled' ? 'scanner.enrol.spent' : 'scanner.enrol.failed')
  }
  bundle.value = await readFact(db, 'bundle')
  needsEnrolment.value = false
  isOnline.value = true
  if (!venue.value) await prefer({ venueId: null })
  void keepMemory(true)
  void sync(true)
  replaceScreen({ name: 'linked' })
  return null
}
