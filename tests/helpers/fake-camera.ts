import { closeSync, mkdtempSync, openSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import QRCode from 'qrcode'

const [width, height, framesPerSecond] = [640, 480, 10]

/** What is held before the camera, one after the other, for ever: a code or nothing. */
type Shown = { text: string | null; seconds: number }

/** A video as Chromium takes it for a camera (`--use-file-for-fake-video-capture`): codes on a grey table, with some noise. */
export function writeCameraVideo(shown: readonly Shown[]): string {
  const path = join(mkdtempSync(join(tmpdir(), 'carnet-camera-')), 'camera.y4m')
  const file = openSync(path, 'w')
  writeSync(file, `YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420mpeg2\n`)
  const colour = Buffer.alloc((width * height) / 2, 128)
  for (const { text, seconds } of shown) {
    const frame = drawFrame(text)
    for (let count = 0; count < seconds * framesPerSecond; count++) {
      writeSync(file, 'FRAME\n')
      writeSync(file, frame)
      writeSync(file, colour)
    }
  }
  closeSync(file)
  return path
}

function drawFrame(text: string | null): Buffer {
  const frame = Buffer.alloc(width * height, 110)
  if (text !== null) drawCode(frame, text)
  for (let at = 0; at < frame.length; at += 7)
    frame[at] = Math.min(255, Math.max(0, frame[at]! + ((at * 31) % 25) - 12))
  return frame
}

function drawCode(frame: Buffer, text: string): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const quiet = 4
  const scale = Math.floor((height * 0.8) / (modules.size + 2 * quiet))
  const side = scale * (modules.size + 2 * quiet)
  const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)]
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [column, row] = [Math.floor(x / scale) - quiet, Math.floor(y / scale) - quiet]
      const isCode = Math.min(column, row) >= 0 && Math.max(column, row) < modules.size
      frame[(top + y) * width + left + x] = isCode && modules.get(row, column) ? 30 : 225
    }
}
