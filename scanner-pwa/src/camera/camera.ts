/** The live camera: opened, shown and read frame by frame through @zxing/browser, until it is closed. */
import { BrowserCodeReader } from '@zxing/browser'
import { attempts } from './attempts.ts'
import { chooseDecoder, createFallback, type Decoder, type DecoderName, type Wanted } from './decoders.ts'

export type Camera = {
  decoder: DecoderName
  /** Null: this camera has no lamp. */
  setLamp: ((isOn: boolean) => Promise<void>) | null
  close: () => void
}

const pauseMs = 40
/** So long without any code: the voucher has left the frame. */
const goneAfterMs = 700
/** A frame is halved above this: reading four times the pixels finds nothing more at arm's length. */
const widestFrame = 1280

type Wish = { only: string | null; cameraId: string | null; wanted: Wanted }
type Listener = { onCode: (text: string) => boolean; onLost: () => void }

/**
 * Calls `onCode` for each code that comes into view, until it says that it took it; the same code again only after it has left
 * the frame. Calls `onLost` when the camera is taken away: by a call, by another app. Rejects with the browser's own error when
 * the camera may not or cannot be opened.
 */
export async function openCamera(
  video: HTMLVideoElement,
  { only, cameraId, wanted }: Wish,
  { onCode, onLost }: Listener,
): Promise<Camera> {
  // A camera that is gone is no reason to see nothing: `ideal`, and the phone finds another.
  const facing = cameraId ? { deviceId: { ideal: cameraId } } : { facingMode: { ideal: 'environment' } }
  const size = { width: { ideal: 1280 }, height: { ideal: 720 } }
  const stream = await navigator.mediaDevices.getUserMedia({ video: { ...facing, ...size }, audio: false })
  const close = () => {
    isOpen = false
    for (const track of stream.getTracks()) track.stop()
    BrowserCodeReader.cleanVideoSource(video)
  }
  let isOpen = true
  try {
    BrowserCodeReader.addVideoSource(video, stream)
    await video.play()
    let decoder = await chooseDecoder(only, wanted)
    const canvas = document.createElement('canvas')
    const view = { text: '', seenAt: 0 }
    const readFrame = async () => {
      const text = await decoder.read(drawFrame(video, canvas)).catch(async () => {
        decoder = await createFallback(wanted)
        return null
      })
      if (text && isOpen) tell(text, view, onCode)
    }
    const loop = async () => {
      while (isOpen) {
        if (document.visibilityState === 'visible' && video.videoWidth > 0) await readFrame()
        await new Promise((next) => setTimeout(next, pauseMs))
      }
    }
    void loop()
    const track = stream.getVideoTracks()[0]!
    track.onended = () => isOpen && onLost()
    const hasLamp = BrowserCodeReader.mediaStreamIsTorchCompatibleTrack(track)
    const setLamp = hasLamp ? (isOn: boolean) => BrowserCodeReader.mediaStreamSetTorch(track, isOn) : null
    return { decoder: decoder.name, setLamp, close }
  } catch (error) {
    close()
    throw error
  }
}

function drawFrame(video: HTMLVideoElement, canvas: HTMLCanvasElement): HTMLCanvasElement {
  const scale = Math.min(1, widestFrame / Math.max(video.videoWidth, video.videoHeight))
  const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)]
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
  canvas.getContext('2d', { willReadFrequently: true })!.drawImage(video, 0, 0, width, height)
  return canvas
}

function tell(text: string, view: { text: string; seenAt: number }, onCode: (text: string) => boolean): void {
  const now = performance.now()
  const isStillThere = text === view.text && now - view.seenAt <= goneAfterMs
  if (isStillThere || onCode(text)) Object.assign(view, { text, seenAt: now })
}

/** For a phone whose live camera fails: one photo, as large as needed, read by each reader in turn. */
export async function readPhoto(file: Blob, only: string | null): Promise<string | null> {
  const picture = await createImageBitmap(file)
  const decoders: Decoder[] = [await chooseDecoder(only), await createFallback()]
  for (const widest of [1280, 2400, 700])
    for (const decoder of decoders) {
      const scale = Math.min(1, widest / Math.max(picture.width, picture.height))
      const canvas = document.createElement('canvas')
      Object.assign(canvas, { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) })
      canvas.getContext('2d', { willReadFrequently: true })!.drawImage(picture, 0, 0, canvas.width, canvas.height)
      // The worker tries another way each time it is asked.
      for (let turn = 0; turn < (decoder.name === 'wasm' ? attempts.length : 1); turn++) {
        const text = await decoder.read(canvas).catch(() => null)
        if (text) return text
      }
    }
  return null
}
