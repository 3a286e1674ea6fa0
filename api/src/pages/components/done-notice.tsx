import type { Translate } from '../../shared/messages.ts'
import { Notice } from './states.tsx'

/** What an act says of itself in the address it leads to (`?fait=…`). */
const doings = {
  'colis-envoye': 'box_sent',
  'colis-recu': 'box_received',
  'colis-actif': 'box_active',
  'colis-revoque': 'box_revoked',
  manquants: 'gap_settled',
  'demande-acceptee': 'request_accepted',
  'demande-refusee': 'request_declined',
  mouvement: 'move_declared',
  'mouvement-recu': 'move_received',
  'mouvement-annule': 'move_cancelled',
  opposition: 'books_stopped',
  'opposition-levee': 'stop_lifted',
  'bon-a-tirer': 'proof_approved',
  codes: 'codes_made',
  'compte-verifie': 'account_verified',
  'tirage-annule': 'run_revoked',
  'lieux-qualifies': 'venues_qualified',
  structure: 'structure_changed',
} as const

/** Where an act leads: the page says what was done. */
export const afterDoing = (path: string, doing: keyof typeof doings) => `${path}?fait=${doing}`

/** What was just done, and what comes next; nothing when the address does not say. */
export function DoneNotice({ t, here }: { t: Translate; here: string }) {
  const said = new URLSearchParams(here.split('?')[1]).get('fait') ?? ''
  if (!Object.hasOwn(doings, said)) return null
  const name = doings[said as keyof typeof doings]
  return (
    <div class="notices">
      <Notice title={t(`done.${name}`)} tone="good" role="status">
        {t(`done.${name}.says`)}
      </Notice>
    </div>
  )
}
