/** A phone that cannot send, or cannot open its memory: what it kept leaves as a file, and stays here as well. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Bar } from '../parts/frame.tsx'
import { Icon } from '../parts/icons.tsx'
import { isEmpty, type RescueFile, readRescueFile } from '../queue/rescue.ts'
import { t, tCount } from '../say.ts'

const fileName = 'carnet-cheques.json'

function toFile(content: RescueFile): File {
  return new File([JSON.stringify(content)], fileName, { type: 'application/json' })
}

function save(file: File): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

function SaveQueue() {
  const content = useSignal<RescueFile | null>(null)
  const isSaved = useSignal(false)
  useEffect(() => {
    readRescueFile().then(
      (found) => {
        content.value = found
      },
      () => undefined,
    )
  }, [])
  if (!content.value || isEmpty(content.value)) return null
  const { reversals, corrections, contests } = content.value
  const acts = reversals.length + corrections.length + contests.length
  const file = toFile(content.value)
  const canShare = navigator.canShare?.({ files: [file] }) === true
  return (
    <div class="stack">
      <p>
        <b>{tCount('scanner.rescue.count', content.value.scans.length)}</b>
        {acts > 0 && <> {tCount('scanner.rescue.acts', acts)}</>}
      </p>
      <ol class="stack rescue-steps">
        <li>{t('scanner.rescue.step.save')}</li>
        <li>{t('scanner.rescue.step.give')}</li>
        <li>{t('scanner.rescue.step.keep')}</li>
      </ol>
      <button
        class="button"
        type="button"
        onClick={() => {
          save(file)
          isSaved.value = true
        }}
      >
        <Icon name="tray" />
        {t('scanner.rescue.save')}
      </button>
      {canShare && (
        <button
          class="button second"
          type="button"
          onClick={() => void navigator.share({ files: [file] }).catch(() => undefined)}
        >
          <Icon name="share" />
          {t('scanner.rescue.share')}
        </button>
      )}
      <p role="status" class="soft">
        {isSaved.value && t('scanner.rescue.saved', { name: fileName })}
      </p>
      <p class="promise">
        <Icon name="G" />
        <span>{t('scanner.rescue.closed')}</span>
      </p>
    </div>
  )
}

export const Rescue = () => (
  <div class="screen">
    <Bar title={t('scanner.rescue')} hasBack isHeading />
    <main class="page stack">
      <p>{t('scanner.rescue.lead')}</p>
      <SaveQueue />
    </main>
  </div>
)

export const Broken = () => (
  <main class="page stack">
    <div class="empty">
      <h1>{t('scanner.broken.title')}</h1>
      <p>{t('scanner.broken.lead')}</p>
    </div>
    <SaveQueue />
  </main>
)
