import { dayOf } from '@carnet/api/days'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Bar } from '../parts/frame.tsx'
import { Icon } from '../parts/icons.tsx'
import { isMemorySafe } from '../phone/browser.ts'
import { locale, longDay, t } from '../say.ts'
import { go } from '../screen.ts'
import { bundle, decoderName, handing, hasUntold, prefer, settings, venue } from '../state.ts'
import { beginExercise } from './exercise.tsx'

type SwitchProps = { title: string; says: string; isOn: boolean; onToggle: () => void }

const Switch = ({ title, says, isOn, onToggle }: SwitchProps) => (
  <li>
    <button class="switch" type="button" role="switch" aria-checked={isOn} onClick={onToggle}>
      <span>
        <b>{title}</b>
        <small>{says}</small>
      </span>
      <i aria-hidden="true" />
    </button>
  </li>
)

/** A prescriber's phone answers to nothing that would sound. */
function Signals() {
  const { hasSound, hasVibration } = settings.value
  return (
    <>
      <Switch
        title={t('scanner.settings.sound')}
        says={t('scanner.settings.sound.next')}
        isOn={hasSound}
        onToggle={() => void prefer({ hasSound: !hasSound })}
      />
      <Switch
        title={t('scanner.settings.vibration')}
        says={t('scanner.settings.vibration.next')}
        isOn={hasVibration}
        onToggle={() => void prefer({ hasVibration: !hasVibration })}
      />
    </>
  )
}

/** Phones with three lenses often begin with the wrong one. */
function CameraChoice() {
  const cameras = useSignal<MediaDeviceInfo[]>([])
  useEffect(() => {
    navigator.mediaDevices?.enumerateDevices().then(
      (devices) => {
        cameras.value = devices.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
      },
      () => undefined,
    )
  }, [])
  if (cameras.value.length < 2) return null
  return (
    <label class="field">
      {t('scanner.settings.camera')}
      <select
        value={settings.value.cameraId ?? ''}
        onChange={(event) => void prefer({ cameraId: event.currentTarget.value || null })}
      >
        <option value="">{t('scanner.settings.camera.auto')}</option>
        {cameras.value.map(({ deviceId, label }, at) => (
          <option key={deviceId} value={deviceId}>
            {label || t('scanner.settings.camera.nth', { number: at + 1 })}
          </option>
        ))}
      </select>
    </label>
  )
}

export function SettingsScreen() {
  const readAt = bundle.value?.readAt
  return (
    <div class="screen">
      <Bar title={t('scanner.settings')} hasBack isHeading />
      <main class="page">
        <ul class="picks">
          {!handing.value && <Signals />}
          <li>
            <button
              class="pick"
              type="button"
              onClick={() => void prefer({ locale: locale.value === 'fr' ? 'en' : 'fr' })}
            >
              <span class="pick-text">
                {t('scanner.settings.language')}
                <small>{t('scanner.settings.language.next')}</small>
              </span>
              <Icon name="next" />
            </button>
          </li>
        </ul>
        <h2 class="group-title">{t('scanner.settings.phone')}</h2>
        <div class="stack">
          <p>
            {handing.value?.name ?? venue.value?.name}
            <br />
            {readAt && (
              <span class="soft">{t('scanner.settings.bundle', { day: longDay(dayOf(new Date(readAt))) })}</span>
            )}
            <br />
            {decoderName.value && (
              <span class="soft">{t('scanner.settings.decoder', { name: decoderName.value })}</span>
            )}
          </p>
          <button class="button second" type="button" onClick={() => go({ name: 'welcome' })}>
            {t('scanner.enrol.title')}
          </button>
          {!handing.value && <CameraChoice />}
          {!handing.value && (
            <button class="button second" type="button" onClick={() => void beginExercise()}>
              {t('scanner.exercise.title')}
            </button>
          )}
          {!isMemorySafe.value && !handing.value && <p class="soft">{t('scanner.memory.unsafe')}</p>}
          {hasUntold.value && (
            <button class="button second" type="button" onClick={() => go({ name: 'rescue' })}>
              {t('scanner.rescue')}
            </button>
          )}
          <p class="promise">
            <Icon name="G" />
            <span>{t('scanner.settings.private')}</span>
          </p>
        </div>
      </main>
    </div>
  )
}
