/** The camera on a cover's barcode. Whatever goes wrong, the number is printed above the bars. */
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Camera } from '../camera/camera.ts'
import { t } from '../say.ts'
import { decoderName, settings } from '../state.ts'

/** Asked for in the address, to look into a trouble: `?decoder=zxing`. */
const onlyDecoder = () => new URLSearchParams(location.search).get('decoder')

export function CoverCamera({ onCover, onClose }: { onCover: (text: string) => boolean; onClose: () => void }) {
  const video = useRef<HTMLVideoElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const isOpen = useSignal(false)
  const hasTrouble = useSignal(false)
  useEffect(() => {
    let isGone = false
    let camera: Camera | undefined
    box.current?.scrollIntoView({ block: 'center' })
    import('../camera/camera.ts')
      .then(({ openCamera }) => openCamera(video.current!, onCover, onlyDecoder(), settings.value.cameraId, 'cover'))
      .then((opened) => {
        if (isGone) return opened.close()
        camera = opened
        isOpen.value = true
        decoderName.value = opened.decoder
      })
      .catch(() => {
        hasTrouble.value = true
      })
    return () => {
      isGone = true
      camera?.close()
    }
  }, [])
  return (
    <div class="stack" ref={box}>
      {hasTrouble.value ? (
        <p class="error" role="alert">
          {t('scanner.lost.no_camera')}
        </p>
      ) : (
        <div class="scene cover-scene">
          <video ref={video} muted playsInline tabIndex={-1} />
          <div class="cover-frame" />
          <p class="hint" role="status">
            {t(isOpen.value ? 'scanner.lost.hint' : 'scanner.camera.starting')}
          </p>
        </div>
      )}
      <button class="button second" type="button" onClick={onClose}>
        {t('scanner.lost.close_camera')}
      </button>
    </div>
  )
}
