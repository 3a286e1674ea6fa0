import { isLive, type KeptScan } from '../queue/scan.ts'
import { euros, type Key, t, tCount } from '../say.ts'
import { silhouetteOf, stateOf } from '../shown.ts'
import { outbox, scans } from '../state.ts'
import { sync } from '../sync.ts'
import { Mark } from './mark.tsx'
import { paidText } from './paid.ts'
import { said } from './spoken.tsx'
import { totalOf } from './total.ts'

export async function undo(scan: KeptScan, workshop: readonly KeptScan[]): Promise<void> {
  const done = await outbox.undo(scan.scanId)
  if (done === 'nothing') return
  const { count, euros: sum } = totalOf(workshop.filter(({ scanId }) => scanId !== scan.scanId))
  said.value = tCount('scanner.undone.status', count, { rank: scan.rank, amount: euros(sum) })
  await sync()
  if (scans.value.some(({ scanId, refusedAct }) => scanId === scan.scanId && refusedAct === 'reversal'))
    said.value = t('scanner.line.undo_refused')
}

function consequence(scan: KeptScan): string {
  if (scan.isChanging) return t('scanner.line.changing')
  if (scan.isTraining && isLive(scan)) return t('scanner.line.training.next')
  if (scan.state === 'accepted' && scan.refusedAct)
    return t(scan.refusedAct === 'reversal' ? 'scanner.line.undo_refused' : 'scanner.line.service_refused')
  if (scan.state === 'accepted') return paidText([scan])
  if (scan.state === 'undone') return t('scanner.line.undone.next')
  if (scan.state === 'refused') return scan.answer.reason ? t(`refusal.${scan.answer.reason}` as Key) : ''
  return t('scanner.line.kept.next')
}

/** Rank, state, consequence, undo: no time of day, no code, no book. */
export function Line({ scan, workshop }: { scan: KeptScan; workshop: readonly KeptScan[] }) {
  const silhouette = silhouetteOf(scan)
  const state = scan.state === 'sent' ? 'kept' : scan.state
  const isUndone = scan.state === 'undone' || scan.isChanging
  return (
    <li class="line" data-state={stateOf(silhouette)} data-undone={isUndone || undefined}>
      <span class="line-rank num">{scan.rank}</span>
      <Mark silhouette={silhouette} />
      <p class="line-text">
        <b>{t(`scanner.line.${scan.isTraining && state === 'accepted' ? 'training' : state}`)}</b>
        <small>{consequence(scan)}</small>
      </p>
      {isLive(scan) && !scan.isChanging ? (
        <button
          class="text-button"
          type="button"
          aria-label={t('scanner.undo.line', { rank: scan.rank })}
          onClick={() => void undo(scan, workshop)}
        >
          {t('scanner.undo')}
        </button>
      ) : (
        <span />
      )}
    </li>
  )
}
