/** The live camera above, the workshop below. The camera gives way before the list does. */
import { useSignal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import type { Camera } from '../camera/camera.ts'
import { listenToHandReader } from '../camera/hand-reader.ts'
import { Badge, Notices } from '../parts/frame.tsx'
import { Icon } from '../parts/icons.tsx'
import { Line } from '../parts/line.tsx'
import { totalOf } from '../parts/total.ts'
import { isApple, isInstalled } from '../phone/browser.ts'
import { euros, type Key, t } from '../say.ts'
import { checkVoucher, chosenService, scanVoucher, shown } from '../scan-voucher.ts'
import { go, replaceScreen } from '../screen.ts'
import { scans, settings, venue, workshop } from '../state.ts'
import { isCheckOnly, mayBeReplaced } from './answer.tsx'
import { titleOf } from './services.tsx'
import { type CameraTrouble, onlyDecoder, useCamera } from './use-camera.ts'

let isBusy = false

/** True when it is dealt with: one at a time, and a verdict that needs someone stays until it was touched. */
function takeCode(text: string): boolean {
  if (isBusy || !mayBeReplaced()) return false
  isBusy = true
  const done = isCheckOnly.value ? checkVoucher(text) : scanVoucher(text)
  void done.finally(() => {
    isBusy = false
  })
  return true
}

export function CameraScreen() {
  const { video, camera, trouble, retry } = useCamera(takeCode)
  const service = workshop.value?.service ?? chosenService.value
  // Before the screen is painted: a reader may be faster than an effect.
  useLayoutEffect(() => {
    if (!service || !venue.value) replaceScreen({ name: 'services' })
    return listenToHandReader(takeCode)
  }, [service, venue.value])
  const title = service ? titleOf(service) : ''
  return (
    <div class="screen camera">
      <header class="service-bar">
        <button type="button" onClick={() => go({ name: 'services' })}>
          <span>
            <small>{t('scanner.service.change')}</small>
            <b>{title}</b>
          </span>
        </button>
        <Badge isQuiet />
      </header>
      <main class="scene">
        <h1 class="visually-hidden">{t('scanner.camera.title')}</h1>
        <video ref={video} muted playsInline tabIndex={-1} hidden={trouble.value !== null} />
        {trouble.value ? (
          <NoCamera trouble={trouble.value} onRetry={retry} />
        ) : (
          <>
            <div class="frame">
              <svg viewBox="0 0 100 100" aria-hidden="true">
                <path d="M2 24V12A10 10 0 0 1 12 2h12M76 2h12a10 10 0 0 1 10 10v12M98 76v12a10 10 0 0 1-10 10H76M24 98H12A10 10 0 0 1 2 88V76" />
              </svg>
            </div>
            <p class="hint">{t(camera.value ? 'scanner.camera.hint' : 'scanner.camera.starting')}</p>
          </>
        )}
        <Tools camera={camera.value} hasPhoto={trouble.value !== null} />
      </main>
      <Tray />
    </div>
  )
}

function howToOpen(trouble: CameraTrouble): Key {
  if (trouble !== 'denied') return `scanner.camera.${trouble}.next`
  if (isApple()) return 'scanner.camera.denied.apple'
  return isInstalled() ? 'scanner.camera.denied.installed' : 'scanner.camera.denied.next'
}

function NoCamera({ trouble, onRetry }: { trouble: CameraTrouble; onRetry: () => void }) {
  return (
    <div class="no-camera">
      <div class="banner" role="status">
        <Icon name="warning" />
        <p>
          <b>{t(`scanner.camera.${trouble}`)}.</b> {t(howToOpen(trouble))}
        </p>
        <button class="button small" type="button" onClick={onRetry}>
          {t('scanner.camera.retry')}
        </button>
      </div>
    </div>
  )
}

function Tools({ camera, hasPhoto }: { camera: Camera | null; hasPhoto: boolean }) {
  const isLampOn = useSignal(false)
  const setLamp = camera?.setLamp
  return (
    <div class="tools">
      {setLamp && (
        <button
          type="button"
          aria-pressed={isLampOn.value}
          onClick={() => {
            isLampOn.value = !isLampOn.value
            void setLamp(isLampOn.value)
          }}
        >
          <Icon name="lamp" />
          <span>{t('scanner.camera.lamp')}</span>
        </button>
      )}
      {hasPhoto && <Photo />}
      <button type="button" onClick={() => go({ name: 'code' })}>
        <Icon name="keys" />
        <span>{t('scanner.camera.type')}</span>
      </button>
      <button
        type="button"
        aria-pressed={isCheckOnly.value}
        onClick={() => {
          isCheckOnly.value = !isCheckOnly.value
        }}
      >
        <Icon name="eye" />
        <span>{t('scanner.camera.check')}</span>
      </button>
    </div>
  )
}

function Photo() {
  const isEmpty = useSignal(false)
  const read = async (file: File | undefined) => {
    if (!file) return
    const { readPhoto } = await import('../camera/camera.ts')
    const text = await readPhoto(file, onlyDecoder()).catch(() => null)
    isEmpty.value = text === null
    if (text) takeCode(text)
  }
  return (
    <label>
      <Icon name="photo" />
      <span role={isEmpty.value ? 'alert' : undefined}>
        {t(isEmpty.value ? 'scanner.camera.photo.none' : 'scanner.camera.photo')}
      </span>
      <input
        class="visually-hidden"
        type="file"
        accept="image/*"
        capture="environment"
        onChange={(event) => void read(event.currentTarget.files?.[0])}
      />
    </label>
  )
}

const shownLines = 3

/** Count, total and the last lines: always in view. */
function Tray() {
  const own = workshop.value ? scans.value.filter(({ workshopId }) => workshopId === workshop.value?.id) : []
  const total = totalOf(own)
  return (
    <>
      <section class="tray" aria-label={t('scanner.workshop')}>
        <Notices />
        {settings.value.exercise !== null && (
          <button class="text-button" type="button" onClick={() => go({ name: 'exercise' })}>
            {t('scanner.exercise.go_on')}
          </button>
        )}
        <p class="tally num">
          <b>
            {total.count} <span>{t(total.count === 1 ? 'scanner.workshop.voucher' : 'scanner.workshop.vouchers')}</span>
          </b>
          <b>
            {euros(total.euros)}
            {total.pendingEuros > 0 && (
              <small>{t('scanner.workshop.to_confirm', { amount: euros(total.pendingEuros) })}</small>
            )}
            {total.withoutAmount > 0 && (
              <small>{t('scanner.workshop.plus_typed', { count: total.withoutAmount })}</small>
            )}
          </b>
        </p>
        {own.length === 0 && <p class="soft tray-empty">{t('scanner.workshop.empty')}</p>}
        <ol reversed>
          {own
            .slice(-shownLines)
            .reverse()
            .map((scan) => (
              <Line key={scan.scanId} scan={scan} workshop={own} />
            ))}
        </ol>
      </section>
      <div class="dock">
        <button
          class="button"
          type="button"
          aria-disabled={own.length === 0}
          onClick={() => {
            shown.value = null
            if (own.length > 0) go({ name: 'receipt', workshopId: own[0]!.workshopId })
          }}
        >
          {t('scanner.workshop.finish')}
        </button>
      </div>
    </>
  )
}
