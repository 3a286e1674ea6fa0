/** Notices what was done with training vouchers while the exercise is under way: nobody has to tick anything. */
import { effect } from '@preact/signals'
import { exerciseSteps } from './exercise-steps.ts'
import { shown } from './scan-voucher.ts'
import { isOnline, prefer, scans, settings } from './state.ts'

function stepsSeen(): number[] {
  const now = shown.value
  const scan = now?.kind === 'scan' ? scans.value.find(({ scanId }) => scanId === now.scanId) : undefined
  const is = {
    scan: scan?.isTraining === true && scan.state === 'accepted' && !scan.isTyped,
    again: now?.kind === 'again' && now.isTraining,
    offline: scan?.isTraining === true && scan.state === 'kept' && !isOnline.value,
    type: scan?.isTraining === true && scan.isTyped,
    undo: scans.value.some(({ isTraining, state }) => isTraining && state === 'undone'),
  }
  return exerciseSteps.flatMap(({ name }, at) => (is[name] ? [at] : []))
}

/** Ticks off each step as it is seen, for as long as the app is open. */
export function watchExercise(): void {
  effect(() => {
    const done = settings.value.exercise
    const fresh = done && stepsSeen().filter((step) => !done.includes(step))
    if (fresh && fresh.length > 0) void prefer({ exercise: [...done, ...fresh] })
  })
}
