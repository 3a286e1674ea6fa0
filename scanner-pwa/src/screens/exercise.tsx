/** Five minutes with training vouchers: every answer that matters, before somebody stands there. */
import { exerciseSteps } from '../exercise-steps.ts'
import { Bar } from '../parts/frame.tsx'
import { Icon } from '../parts/icons.tsx'
import { Mark } from '../parts/mark.tsx'
import { t } from '../say.ts'
import { chosenService } from '../scan-voucher.ts'
import { go } from '../screen.ts'
import { stateOf } from '../shown.ts'
import { prefer, settings, workshop } from '../state.ts'

const start = () => go({ name: workshop.value || chosenService.value ? 'camera' : 'services' })

export async function beginExercise(): Promise<void> {
  await prefer({ exercise: settings.value.exercise ?? [] })
  go({ name: 'exercise' })
}

export function Exercise() {
  const done = settings.value.exercise ?? []
  const next = exerciseSteps.findIndex((_, at) => !done.includes(at))
  const finish = async () => {
    await prefer({ exercise: null })
    go({ name: 'services' })
  }
  return (
    <div class="screen">
      <p class="ribbon" role="note">
        {t('scanner.training')}
      </p>
      <Bar title={t('scanner.exercise.title')} hasBack isHeading />
      <main class="page">
        <p class="num" role="status">
          <b>{t('scanner.exercise.done', { done: done.length, all: exerciseSteps.length })}</b>
        </p>
        <div class="progress" aria-hidden="true">
          {exerciseSteps.map(({ name }, at) => (
            <i key={name} data-done={done.includes(at) || undefined} />
          ))}
        </div>
        <ol class="steps">
          {exerciseSteps.map(({ name, shows }, at) => (
            <li key={name} data-done={done.includes(at) || undefined} aria-current={at === next ? 'step' : undefined}>
              <span class="step-n">{done.includes(at) ? <Icon name="tick" /> : at + 1}</span>
              <div class="step-text">
                <b>{t(`scanner.exercise.${name}`)}</b>
                {at === next && <span>{t(`scanner.exercise.${name}.how`)} </span>}
                <span class="expect" data-state={stateOf(shows)}>
                  <Mark silhouette={shows} />
                  {t(`scanner.verdict.${shows}`)}
                </span>
                {at === next && (
                  <button class="button" type="button" onClick={start}>
                    <Icon name="scan" />
                    {t('scanner.exercise.start')}
                  </button>
                )}
              </div>
            </li>
          ))}
        </ol>
        {next === -1 && <p role="status">{t('scanner.exercise.all_done')}</p>}
        <p class="soft">{t('scanner.exercise.vouchers')}</p>
      </main>
      <div class="dock">
        <button class={next === -1 ? 'button' : 'button second'} type="button" onClick={() => void finish()}>
          {t(next === -1 ? 'scanner.exercise.finish' : 'scanner.exercise.stop')}
        </button>
      </div>
    </div>
  )
}
