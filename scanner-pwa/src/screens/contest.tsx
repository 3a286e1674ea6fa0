/** A refusal is contested for a reason of the list: nothing is typed, so that nobody is named. */
import { type ContestReason, reasonsAgainst } from '@carnet/api/contest-reasons'
import { useSignal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import { Bar } from '../parts/frame.tsx'
import { Icon } from '../parts/icons.tsx'
import { Mark } from '../parts/mark.tsx'
import { said } from '../parts/spoken.tsx'
import { type KeptScan, mayContest, type PhoneContest, waitsForAnswer } from '../queue/scan.ts'
import { type Key, shortDay, t } from '../say.ts'
import { replaceScreen } from '../screen.ts'
import type { Silhouette } from '../shown.ts'
import { outbox, scans } from '../state.ts'
import { sync } from '../sync.ts'
import { pick, titleOf } from './services.tsx'

export function ContestScreen({ scanId }: { scanId: string }) {
  const scan = scans.value.find((one) => one.scanId === scanId && mayContest(one))
  const reason = useSignal<ContestReason | null>(null)
  // Sent already, or forgotten meanwhile: there is nothing left to ask.
  useLayoutEffect(() => {
    if (!scan) replaceScreen({ name: 'todo' })
  }, [scan])
  if (!scan) return null
  const refusal = scan.answer.reason!
  const send = async () => {
    if (!reason.value) return
    await outbox.contest(scanId, reason.value)
    said.value = t('scanner.contest.sent')
    await sync(true)
  }
  return (
    <div class="screen">
      <Bar hasBack title={t('scanner.contest')} isHeading />
      <main class="page">
        <div class="todo" data-state="refused">
          <Mark silhouette="refused" />
          <div class="line-text">
            <b>{t(`refusal.${refusal}`)}</b>
            <p>{titleOf(scan.service)}</p>
            <small>{t('scanner.todo.where', { rank: scan.rank, day: shortDay(scan.day) })}</small>
          </div>
        </div>
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault()
            void send()
          }}
        >
          <fieldset class="choices">
            <legend>{t('scanner.contest.why')}</legend>
            {reasonsAgainst(refusal).map((one) => (
              <label key={one} class="choice">
                <input
                  type="radio"
                  name="reason"
                  checked={reason.value === one}
                  onChange={() => {
                    reason.value = one
                  }}
                />
                {t(`contest.reason.${one}`)}
              </label>
            ))}
          </fieldset>
          <p class="promise">
            <Icon name="G" />
            <span>{t('scanner.contest.private')}</span>
          </p>
          <button class="button" type="submit" aria-disabled={reason.value === null}>
            {t('scanner.contest.send')}
          </button>
        </form>
      </main>
    </div>
  )
}

const marks: Record<PhoneContest['state'], Silhouette> = {
  queued: 'kept',
  open: 'unknown',
  payment_proposed: 'unknown',
  not_taken: 'refused',
  upheld: 'refused',
  scan_again: 'checked',
  paid: 'accepted',
}

function wordsOf({ state, answer }: PhoneContest): { title: Key; next: Key } {
  if (state === 'queued' || state === 'not_taken')
    return { title: `scanner.contest.${state}`, next: `scanner.contest.${state}.next` }
  if (state === 'upheld') return { title: 'contest.state.upheld', next: `contest.answer.${answer ?? 'rule_applies'}` }
  return { title: `contest.state.${state}`, next: `contest.state.${state}.next` }
}

/** A contested refusal, until its answer was seen. */
export function Contested({ scan }: { scan: KeptScan }) {
  const contest = scan.contest!
  const { title, next } = wordsOf(contest)
  const silhouette = marks[contest.state]
  return (
    <div class="todo" data-state={silhouette}>
      <Mark silhouette={silhouette} />
      <div class="line-text">
        <b>{t(title)}</b>
        <p>{t(next)}</p>
        <small>{t(`refusal.${scan.answer.reason ?? 'unknown_voucher'}`)}</small>
        <small>{t('scanner.todo.where', { rank: scan.rank, day: shortDay(scan.day) })}</small>
      </div>
      {!waitsForAnswer(scan) && (
        <div class="row">
          {(contest.state === 'scan_again' || contest.state === 'not_taken') && (
            <button class="button small" type="button" onClick={() => pick(scan.service)}>
              {t('scanner.todo.rescan')}
            </button>
          )}
          <button class="button small second" type="button" onClick={() => void outbox.file(scan.scanId)}>
            {t('scanner.contest.seen')}
          </button>
        </div>
      )}
    </div>
  )
}
