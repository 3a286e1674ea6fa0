/** The camera on a cover's barcode. Whatever goes wrong, the number is printed above the bars. */
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../say.ts'
import { useCamera } from './use-camera.ts'

export function CoverCamera({ onCover, onClose }: { onCover: (text: string) => boolean; onClose: () => void }) {
  const { video, camera, trouble } = useCamera(onCover, 'cover')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.scrollIntoView({ block: 'center' }), [])
  return (
    <div class="stack" ref={box}>
      {trouble.value && (
        <p class="error" role="alert">
          {t('scanner.lost.no_camera')}
        </p>
      )}
      <div class="scene cover-scene" hidden={trouble.value !== null}>
        <video ref={video} muted playsInline tabIndex={-1} />
        <div class="cover-frame" />
        <p class="hint" role="status">
          {t(camera.value ? 'scanner.lost.hint' : 'scanner.camera.starting')}
        </p>
      </div>
      <button class="button second" type="button" onClick={onClose}>
        {t('scanner.lost.close_camera')}
      </button>
    </div>
  )
}
