import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Camera } from '../camera/camera.ts'
import type { Wanted } from '../camera/decoders.ts'
import { decoderName, settings } from '../state.ts'

/** `busy`: it is there and does not open, or was taken away. */
export type CameraTrouble = 'denied' | 'busy' | 'none'

const troubles: Record<string, CameraTrouble> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  // No camera at all for a page without https.
  TypeError: 'none',
}

/** A file that does not come is a TypeError too, and says nothing of the camera. */
const loadCamera = () =>
  import('../camera/camera.ts').catch(() => {
    throw new Error('the code of the camera did not come')
  })

/** Asked for in the address, to look into a trouble: `?decoder=zxing`. */
export const onlyDecoder = () => new URLSearchParams(location.search).get('decoder')

/** The live camera of a screen: opened and closed with it, and tried again when it may have been allowed or set free. */
export function useCamera(onCode: (text: string) => boolean, wanted: Wanted = 'voucher') {
  const video = useRef<HTMLVideoElement>(null)
  const camera = useSignal<Camera | null>(null)
  const trouble = useSignal<CameraTrouble | null>(null)
  const attempt = useSignal(0)
  const retry = () => {
    attempt.value += 1
  }
  useEffect(() => {
    let isGone = false
    trouble.value = null
    const onLost = () => {
      trouble.value = 'busy'
    }
    const wish = { only: onlyDecoder(), cameraId: settings.value.cameraId, wanted }
    loadCamera()
      .then(({ openCamera }) => openCamera(video.current!, wish, { onCode, onLost }))
      .then((opened) => {
        if (isGone) return opened.close()
        camera.value = opened
        decoderName.value = opened.decoder
      })
      .catch((error: unknown) => {
        if (!isGone) trouble.value = troubles[(error as Partial<Error> | null)?.name ?? ''] ?? 'busy'
      })
    return () => {
      isGone = true
      camera.value?.close()
      camera.value = null
    }
  }, [attempt.value])
  useEffect(() => (trouble.value ? whenItMayOpen(retry) : undefined), [trouble.value])
  return { video, camera, trouble, retry }
}

/** The person comes back from the settings or from the app that held it, or answers the browser's own question. */
function whenItMayOpen(retry: () => void): () => void {
  let isOver = false
  const onReturn = () => {
    if (!isOver && document.visibilityState === 'visible') retry()
  }
  document.addEventListener('visibilitychange', onReturn)
  navigator.permissions?.query({ name: 'camera' as PermissionName }).then(
    (permission) => {
      permission.onchange = () => permission.state === 'granted' && onReturn()
    },
    () => undefined,
  )
  return () => {
    isOver = true
    document.removeEventListener('visibilitychange', onReturn)
  }
}
