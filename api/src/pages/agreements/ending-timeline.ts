import type { EndingStep, StepDay } from '../../campaigns/ending.ts'
import type { Step } from '../components/lists.tsx'
import type { PageProps } from '../page-props.tsx'

type Dated = StepDay & { done: { doneOn: string } | null }

/** `J−30`, `J`, `J+37`. */
const dayCount = (offset: number) => (offset === 0 ? '' : offset < 0 ? `\u2212${-offset}` : `+${offset}`)
const acts = ['stop_handouts', 'late_handouts', 'settled'] as const satisfies EndingStep[]

/** The dates of the end of validity, what was done of them, and where the reader must act. */
export const endingTimeline = (
  steps: readonly Dated[],
  { t, formats, today }: Pick<PageProps, 't' | 'formats'> & { today: string },
): Step[] =>
  steps.map(({ step, on, offset, done }): Step => {
    const act = acts.find((acting) => acting === step)
    const isPast = done !== null || on < today
    const state = isPast ? 'done' : step === 'last_day' ? 'end' : act ? 'you' : undefined
    const says = t(`funder.ending.${step}`)
    return {
      title: `${t('funder.ending.day')}${dayCount(offset)}`,
      on: formats.day(on),
      says: done === null ? says : `${says}. ${t('ending.done', { day: formats.day(done.doneOn) })}`,
      ...(state ? { state } : {}),
      ...(act && (on >= today || step === 'settled') ? { act: t(`funder.ending.${act}.act`) } : {}),
    }
  })
