/** A phone is linked to a venue by a link or a QR that its manager shows: no account, no password. */
import { useSignal } from '@preact/signals'
import { startLinking } from '../link-phone.ts'
import { Bar } from '../parts/frame.tsx'
import { Icon } from '../parts/icons.tsx'
import { isDemo, tokenIn } from '../phone/enrol.ts'
import { t, tCount } from '../say.ts'
import { go } from '../screen.ts'
import { enrolment, pending } from '../state.ts'
import { useCamera } from './use-camera.ts'

export function Welcome() {
  const trouble = useSignal<string | null>(null)
  const isWorking = useSignal(false)
  const isScanning = useSignal(false)
  const link = useSignal('')
  const use = async (text: string) => {
    const token = tokenIn(text)
    if (!token) {
      trouble.value = t('scanner.enrol.wrong')
      return
    }
    isScanning.value = false
    isWorking.value = true
    trouble.value = await startLinking(token)
    isWorking.value = false
  }
  const waiting = pending.value.length
  return (
    <div class="screen">
      <Bar title="Carnet" />
      <main class="page stack">
        <div class="hello">
          <img src="/scanner/icon-192.png" alt="" width="80" height="80" />
          <h1>{t('scanner.enrol.title')}</h1>
          <p class="soft">{t('scanner.enrol.lead')}</p>
        </div>
        {enrolment.value && waiting > 0 && (
          <p class="banner" role="status">
            <Icon name="warning" />
            <span>{tCount('scanner.enrol.again.kept', waiting)}</span>
          </p>
        )}
        <p role="status" class="soft">
          {isWorking.value && t('scanner.enrol.working')}
        </p>
        <p role="alert" class="error">
          {trouble.value}
        </p>
        {isScanning.value && <LinkCamera onText={(text) => void use(text)} />}
        <form
          class="field"
          onSubmit={(event) => {
            event.preventDefault()
            void use(link.value)
          }}
        >
          <label for="link">{t('scanner.enrol.paste')}</label>
          <input
            id="link"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            value={link.value}
            onInput={(event) => {
              link.value = event.currentTarget.value
            }}
          />
          <button class="button second" type="submit">
            {t('scanner.enrol.go')}
          </button>
        </form>
        <p class="promise">
          <Icon name="G" />
          <span>{t('scanner.enrol.promise')}</span>
        </p>
        {isDemo() && (
          <button class="text-button" type="button" onClick={() => go({ name: 'demo' })}>
            {t('scanner.enrol.demo')}
          </button>
        )}
      </main>
      <div class="dock">
        <button
          class="button"
          type="button"
          onClick={() => {
            isScanning.value = !isScanning.value
          }}
        >
          <Icon name="scan" />
          {t('scanner.enrol.scan')}
        </button>
      </div>
    </div>
  )
}

function LinkCamera({ onText }: { onText: (text: string) => void }) {
  const { video, camera, trouble } = useCamera((text) => {
    onText(text)
    return true
  })
  const says = trouble.value ?? (camera.value ? 'hint' : 'starting')
  return (
    <div class="scene link-scene">
      <video ref={video} muted playsInline tabIndex={-1} />
      <p class="hint" role="status">
        {t(`scanner.camera.${says}`)}
      </p>
    </div>
  )
}
