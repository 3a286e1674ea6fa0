/** Sound and vibration: the fourth and fifth sign of an answer, for whoever does not look or does not see. */

import type { Silhouette } from './shown.ts'
import { settings } from './state.ts'

/** Frequency in Hz (a slide: from, to), length in ms; `rest` is silence. */
type Note = { hz: number; to?: number; ms: number } | { rest: number }

const sounds: Record<Silhouette, Note[]> = {
  accepted: [
    { hz: 660, ms: 80 },
    { hz: 880, ms: 140 },
  ],
  kept: [{ hz: 440, ms: 160 }],
  used_here: [{ hz: 520, ms: 120 }, { rest: 60 }, { hz: 520, ms: 120 }],
  used: [{ hz: 520, ms: 120 }, { rest: 60 }, { hz: 520, ms: 120 }, { hz: 390, ms: 200 }],
  refused: [{ hz: 330, to: 200, ms: 380 }],
  unknown: [{ hz: 500, ms: 40 }, { rest: 60 }, { hz: 500, ms: 40 }, { rest: 60 }, { hz: 500, ms: 40 }],
  checked: [{ hz: 780, ms: 60 }],
  undone: [
    { hz: 660, ms: 90 },
    { hz: 520, ms: 110 },
  ],
}
const vibrations: Record<Silhouette, number[]> = {
  accepted: [60],
  kept: [40, 60, 40],
  used_here: [120, 80, 120],
  used: [120, 80, 220],
  refused: [320],
  unknown: [40, 60, 40, 60, 40],
  checked: [],
  undone: [30],
}

let audio: AudioContext | undefined

/** Browsers let a page sound only after a touch: the first one opens it. */
export function openSoundAtFirstTouch(): void {
  const open = () => {
    audio ??= new AudioContext()
    void audio.resume().catch(() => undefined)
  }
  addEventListener('pointerdown', open, { once: true })
  addEventListener('keydown', open, { once: true })
}

export function feel(silhouette: Silhouette): void {
  if (settings.value.hasVibration) navigator.vibrate?.(vibrations[silhouette])
  if (settings.value.hasSound && audio?.state === 'running') play(audio, sounds[silhouette])
}

function play(context: AudioContext, notes: readonly Note[]): void {
  let at = context.currentTime
  for (const note of notes) {
    const seconds = ('rest' in note ? note.rest : note.ms) / 1000
    if ('hz' in note) {
      const [oscillator, volume] = [context.createOscillator(), context.createGain()]
      oscillator.type = 'triangle'
      oscillator.frequency.setValueAtTime(note.hz, at)
      if (note.to) oscillator.frequency.linearRampToValueAtTime(note.to, at + seconds)
      volume.gain.setValueAtTime(0, at)
      volume.gain.linearRampToValueAtTime(0.35, at + 0.01)
      volume.gain.setValueAtTime(0.35, at + seconds - 0.015)
      volume.gain.linearRampToValueAtTime(0, at + seconds)
      oscillator.connect(volume).connect(context.destination)
      oscillator.start(at)
      oscillator.stop(at + seconds)
    }
    at += seconds
  }
}
