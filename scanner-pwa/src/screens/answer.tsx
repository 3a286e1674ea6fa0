/** The verdict fills the screen. Green and grey give way to the next voucher; amber, red and dashed stay until touched. */
import { computed, effect, signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { feel } from '../feel.ts'
import { Badge } from '../parts/frame.tsx'
import { Icon, type IconName } from '../parts/icons.tsx'
import { undo } from '../parts/line.tsx'
import { Mark } from '../parts/mark.tsx'
import { isPayable } from '../parts/paid.ts'
import { totalOf } from '../parts/total.ts'
import { type Key, t } from '../say.ts'
import { chosenService, expectedScanId, scanVoucher, shown } from '../scan-voucher.ts'
import { go, screen } from '../screen.ts'
import { type Action, stateOf } from '../shown.ts'
import { isOnline, outbox, pending, reach, scans, settings, workshop, workshopId } from '../state.ts'
import { sync } from '../sync.ts'
import type { Verdict } from '../verdict/shape.ts'
import { verdictOf } from '../verdict/verdict.ts'
import { titleOf } from './services.tsx'

/** "Vérifier seulement" is pressed. */
export const isCheckOnly = signal(false)

const shownScan = computed(() => {
  const now = shown.value
  return now?.kind === 'scan' ? scans.value.find(({ scanId }) => scanId === now.scanId) : undefined
})
const own = computed(() => scans.value.filter((scan) => scan.workshopId === workshopId.value))
const verdict = computed<Verdict | null>(() =>
  shown.value
    ? verdictOf(shown.value, {
        scan: shownScan.value,
        reach: reach.value,
        isExpected: expectedScanId.value !== null && expectedScanId.value === shownScan.value?.scanId,
        isPayable: !shownScan.value || isPayable(shownScan.value.venueId),
        pendingCount: pending.value.length,
        total: totalOf(own.value),
        exercise: settings.value.exercise?.length ?? null,
      })
    : null,
)
export const mayBeReplaced = (): boolean => !verdict.value || verdict.value.goesOn

/** Once for each answer of each voucher. */
export function feelAnswers(): void {
  let felt: unknown
  effect(() => {
    const now = shown.value
    const sound = verdict.value?.sound
    const key = now && (now.kind === 'scan' ? `${now.scanId} ${sound}` : now)
    if (sound && key !== felt) feel(sound)
    felt = key
  })
}

const labels: Record<Action, [IconName, Key]> = {
  next: ['scan', 'scanner.next'],
  other: ['scan', 'scanner.other'],
  undo: ['undo', 'scanner.undo.this'],
  settled: ['tick', 'scanner.settled'],
  see_line: ['list', 'scanner.see_line'],
  change_service: ['list', 'scanner.change_service'],
  send_now: ['online', 'scanner.send_now'],
  restart: ['undo', 'scanner.restart'],
  use_it: ['tick', 'scanner.use_it'],
  check_other: ['eye', 'scanner.check_other'],
  keep_anyway: ['tray', 'scanner.verdict.keep_anyway'],
  type_again: ['keys', 'scanner.type_again'],
  go_on: ['next', 'scanner.exercise.go_on'],
}

const close = () => {
  shown.value = null
}

async function act(action: Action): Promise<void> {
  const now = shown.value
  const scan = shownScan.value
  if (action === 'restart') return location.reload()
  if (action === 'send_now') {
    await sync(true)
    // What was sent made room: the same voucher at once, and whatever it is answered.
    if (now?.kind === 'not_kept' && now === shown.value) await scanVoucher(now.text, { isTyped: now.isTyped })
    return
  }
  close()
  if (action === 'undo' && scan) await undo(scan, own.value)
  if (action === 'settled' && scan) await outbox.file(scan.scanId)
  if (action === 'see_line' && workshopId.value) go({ name: 'receipt', workshopId: workshopId.value })
  if (action === 'go_on') go({ name: 'exercise' })
  if (action === 'type_again' && screen.value.name !== 'code') go({ name: 'code' })
  if (action === 'change_service') {
    if (scan) await outbox.file(scan.scanId)
    go({ name: 'services' })
  }
  if (now && 'text' in now && action === 'keep_anyway') await scanVoucher(now.text, { isForced: true })
  if (now && 'text' in now && action === 'use_it') {
    isCheckOnly.value = false
    await scanVoucher(now.text)
  }
}

export function Answer() {
  const now = verdict.value
  const first = useRef<HTMLButtonElement>(null)
  const spoken = now ? `${now.title} ${now.lead}` : ''
  // In very large text the buttons lie below what was answered, and that is to be seen first.
  useEffect(() => first.current?.focus({ preventScroll: true }), [spoken])
  if (!now) return null
  const contest = () => {
    const scanId = shownScan.value?.scanId
    close()
    if (scanId) go({ name: 'contest', scanId })
  }
  return <VerdictScreen verdict={now} firstButton={first} onAct={(action) => void act(action)} onContest={contest} />
}

type VerdictProps = {
  verdict: Verdict
  firstButton?: { current: HTMLButtonElement | null }
  onAct: (action: Action) => void
  onContest?: () => void
}

export function VerdictScreen({ verdict: now, firstButton, onAct, onContest }: VerdictProps) {
  const service = workshop.value?.service ?? chosenService.value
  const waiting = pending.value.length
  return (
    <div class="overlay" role="dialog" aria-modal="true" aria-labelledby="verdict-title">
      <div class="verdict" data-state={stateOf(now.silhouette)}>
        {now.isTraining && (
          <p class="ribbon" role="note">
            {t('scanner.training')}
          </p>
        )}
        <header class="verdict-top">
          <span>{service ? titleOf(service) : ''}</span>
          {now.silhouette === 'kept' && waiting > 0 && !isOnline.value ? (
            <span class="badge">
              <Icon name="offline" />
              {t('scanner.waiting', { count: waiting })}
            </span>
          ) : (
            !isOnline.value && <Badge />
          )}
        </header>
        <div class="verdict-main">
          <Mark silhouette={now.silhouette} />
          <div class="say" role="alert" key={`${now.title}${now.lead}`}>
            <h1 id="verdict-title">{now.title}</h1>
            <p class="lead">{now.lead}</p>
            {now.sum && (
              <p class="answer sum num">
                <span>{now.sum.text}</span>
                <b>{now.sum.amount}</b>
              </p>
            )}
            {now.sum && now.foot && <p class="aside">{now.foot}</p>}
            {now.next && <Advice verdict={now} onContest={onContest} />}
          </div>
        </div>
        <div class="verdict-dock">
          {now.actions
            .flatMap((action, at) => (action ? [[action, at] as const] : []))
            .map(([action, at]) => (
              <button
                key={action}
                ref={at === 0 && firstButton ? firstButton : null}
                class={at === 0 ? 'button' : 'button second'}
                type="button"
                onClick={() => onAct(action)}
              >
                <Icon name={labels[action][0]} />
                {t(labels[action][1])}
              </button>
            ))}
        </div>
      </div>
    </div>
  )
}

type AdviceProps = { verdict: Verdict; onContest: (() => void) | undefined }

function Advice({ verdict: { why, next = [], foot, mayContest }, onContest }: AdviceProps) {
  return (
    <div class="answer">
      {why && <h2>{why}</h2>}
      {next.length > 1 ? (
        <ol>
          {next.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ol>
      ) : (
        next.map((sentence) => <p key={sentence}>{sentence}</p>)
      )}
      {foot && <p class="answer-foot">{foot}</p>}
      {mayContest && onContest && (
        <button class="text-button" type="button" onClick={onContest}>
          {t('scanner.contest')}
        </button>
      )}
    </div>
  )
}
