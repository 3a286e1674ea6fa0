/** A lost book is stopped by the number on its cover: typed, or read by a hand reader. Its vouchers then pay nothing. */
import { useSignal } from '@preact/signals'
import { Icon } from '../parts/icons.tsx'
import { type Bundle, type StopReason, writeFact } from '../phone/facts.ts'
import { t, tCount } from '../say.ts'
import { db, showHanding, stops } from '../state.ts'
import { sync } from '../sync.ts'

type Campaign = NonNullable<Bundle['prescriber']>['campaigns'][number]
const reasons: readonly StopReason[] = ['lost', 'stolen', 'damaged']
const isWithin = (cover: number, ranges: Campaign['covers']) =>
  ranges.some(({ firstCover, lastCover }) => firstCover <= cover && cover <= lastCover)

export function LostBook({ campaign }: { campaign: Campaign }) {
  const cover = useSignal('')
  const reason = useSignal<StopReason>('lost')
  const isAsked = useSignal(false)
  const done = useSignal<number | null>(null)
  const firstCover = Number(cover.value)
  const isOurs = isWithin(firstCover, campaign.covers)
  const isStopped = isWithin(firstCover, campaign.stopped) || stops.value.some((stop) => stop.firstCover === firstCover)
  const stop = async () => {
    await writeFact(db, 'stops', [...stops.value, { campaignId: campaign.id, firstCover, reason: reason.value }])
    await showHanding()
    done.value = firstCover
    isAsked.value = false
    cover.value = ''
    await sync(true)
  }
  const problem = isStopped ? 'scanner.lost.stopped' : 'scanner.lost.unknown'
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isOurs && !isStopped) isAsked.value = true
      }}
    >
      <h1 class="question">{t('scanner.lost.tab')}</h1>
      <p>{t('scanner.lost.lead')}</p>
      <p role="status" class="soft">
        {done.value !== null &&
          t(stops.value.some((one) => one.firstCover === done.value) ? 'scanner.lost.waiting' : 'scanner.lost.done', {
            cover: done.value,
          })}
      </p>
      <label class="field">
        {t('scanner.lost.cover')}
        <input
          inputMode="numeric"
          autocomplete="off"
          value={cover.value}
          aria-describedby="cover-problem"
          onInput={(event) => {
            cover.value = event.currentTarget.value.replace(/\D/g, '').slice(0, 7)
            isAsked.value = false
          }}
        />
      </label>
      <p id="cover-problem" class="error" role="alert">
        {cover.value !== '' && (!isOurs || isStopped) && t(problem, { cover: firstCover })}
      </p>
      <fieldset class="choices">
        <legend>{t('scanner.lost.why')}</legend>
        {reasons.map((one) => (
          <label key={one} class="choice">
            <input
              type="radio"
              name="reason"
              checked={reason.value === one}
              onChange={() => {
                reason.value = one
              }}
            />
            {t(`scanner.lost.${one}`)}
          </label>
        ))}
      </fieldset>
      {isAsked.value ? (
        <div class="banner urgent" role="alert">
          <Icon name="warning" />
          <p>
            <b>{t('scanner.lost.sure', { cover: firstCover })}</b> {t('scanner.lost.sure.next')}
          </p>
          <button class="button small" type="button" onClick={() => void stop()}>
            {t('scanner.lost.do')}
          </button>
        </div>
      ) : (
        <button class="button" type="submit" aria-disabled={!isOurs || isStopped}>
          {t('scanner.lost.do')}
        </button>
      )}
      {stops.value.length > 0 && <p class="soft">{tCount('scanner.lost.pending', stops.value.length)}</p>}
    </form>
  )
}
