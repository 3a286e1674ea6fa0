/** A lost book is stopped by the number on its cover: read by the camera or a hand reader, or typed. Its vouchers then pay nothing. */
import { type Signal, useSignal } from '@preact/signals'
import { type CoverRead, readCover } from '../handing/cover.ts'
import { Icon } from '../parts/icons.tsx'
import { said } from '../parts/spoken.tsx'
import { type Bundle, type StopReason, writeFact } from '../phone/facts.ts'
import { t, tCount } from '../say.ts'
import { db, handing, refusedStops, showHanding, stops } from '../state.ts'
import { sync } from '../sync.ts'
import { CoverCamera } from './cover-camera.tsx'

/** Eight digits of a campaign, six of a book, and the dash between. */
const longest = 15
type Campaign = NonNullable<Bundle['prescriber']>['campaigns'][number]
const reasons: readonly StopReason[] = ['lost', 'stolen', 'damaged']
const isWithin = (cover: number, ranges: Campaign['covers']) =>
  ranges.some(({ firstCover, lastCover }) => firstCover <= cover && cover <= lastCover)

/** Of which campaign a number is: the one that it names, or the one that is open. */
function campaignOf(read: CoverRead | null, open: Campaign): Campaign | undefined {
  if (!read || read.campaignNumber === null) return open
  return handing.value?.campaigns.find(({ number }) => number === read.campaignNumber)
}

/** Under the tabs of a small phone nobody would see the question. */
const bringIntoView = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'center' })

function fateOf(cover: number): 'scanner.lost.waiting' | 'scanner.lost.refused' | 'scanner.lost.done' {
  const isOf = ({ firstCover }: { firstCover: number }) => firstCover === cover
  if (stops.value.some(isOf)) return 'scanner.lost.waiting'
  return refusedStops.value.some(isOf) ? 'scanner.lost.refused' : 'scanner.lost.done'
}

export function LostBook({ campaign: open }: { campaign: Campaign }) {
  const typed = useSignal('')
  const reason = useSignal<StopReason>('lost')
  const isAsked = useSignal(false)
  const isReading = useSignal(false)
  const done = useSignal<number | null>(null)
  const read = readCover(typed.value)
  const campaign = campaignOf(read, open)
  const firstCover = read?.cover ?? 0
  const isOurs = campaign !== undefined && isWithin(firstCover, campaign.covers)
  const isStopped =
    campaign !== undefined &&
    (isWithin(firstCover, campaign.stopped) ||
      stops.value.some((stop) => stop.campaignId === campaign.id && stop.firstCover === firstCover))
  /** One reading fills the field; a person still has to say so. */
  const takeCover = (text: string): boolean => {
    if (!readCover(text)) return false
    typed.value = text
    isAsked.value = false
    isReading.value = false
    said.value = t('scanner.lost.read', { cover: readCover(text)!.cover })
    return true
  }
  const stop = async () => {
    if (!campaign) return
    refusedStops.value = []
    await writeFact(db, 'stops', [...stops.value, { campaignId: campaign.id, firstCover, reason: reason.value }])
    await showHanding()
    done.value = firstCover
    isAsked.value = false
    typed.value = ''
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
        {done.value !== null && t(fateOf(done.value), { cover: done.value })}
      </p>
      {isReading.value ? (
        <CoverCamera
          onCover={takeCover}
          onClose={() => {
            isReading.value = false
          }}
        />
      ) : (
        <button
          class="button second"
          type="button"
          onClick={() => {
            isReading.value = true
          }}
        >
          <Icon name="scan" />
          {t('scanner.lost.camera')}
        </button>
      )}
      <label class="field">
        {t('scanner.lost.cover')}
        <input
          inputMode="numeric"
          autocomplete="off"
          value={typed.value}
          aria-describedby="cover-problem"
          onInput={(event) => {
            typed.value = event.currentTarget.value.replace(/[^\d-]/g, '').slice(0, longest)
            isAsked.value = false
          }}
        />
      </label>
      {read && read.campaignNumber !== null && campaign && (
        <p class="soft">{t('scanner.lost.of', { name: campaign.name })}</p>
      )}
      <p id="cover-problem" class="error" role="alert">
        {read && (!isOurs || isStopped) && t(problem, { cover: firstCover })}
      </p>
      <Reasons reason={reason} />
      {isAsked.value ? (
        <div class="banner urgent" role="alert" ref={bringIntoView}>
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

function Reasons({ reason }: { reason: Signal<StopReason> }) {
  return (
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
  )
}
