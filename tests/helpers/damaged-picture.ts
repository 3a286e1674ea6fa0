/**
 * What a phone's camera makes of a printed QR code: the symbol on paper, in millimetres, with what happens to paper; then seen
 * through a lens. The same seed gives the same picture, so that two symbols are compared under the same damage.
 */
import { type QrSymbol, QUIET_MODULES } from '@carnet/api/books/pdf/qr-symbol.ts'
import type { Picture } from '@carnet/api/books/pdf/symbol-readers.ts'

export const damages = [
  'clean',
  'turned',
  'blurred',
  'shaken',
  'dark',
  'tilted',
  'bent',
  'creased',
  'faded',
  'stained',
  'photocopied',
  'washed',
  'glare',
  'grainy',
  'everyday',
] as const
export type Damage = (typeof damages)[number]
type Random = () => number
/** 0 black to 1 white, at a place in millimetres from the centre of the symbol. */
type Paper = (x: number, y: number) => number

const FRAME = 288
const samples = [-1 / 3, 0, 1 / 3]

export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
const between = (random: Random, low: number, high: number) => low + random() * (high - low)
const normal = (random: Random) => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random())

/** Ink on white paper; `spread` millimetres of ink run out of every dark module, as a cheap printer lets it. */
function printed(symbol: QrSymbol, sideMm: number, spread: number): Paper {
  const module = sideMm / (symbol.size + 2 * QUIET_MODULES)
  const start = (symbol.size * module) / 2
  const isInk = (x: number, y: number) => {
    const column = Math.floor((x + start) / module)
    const row = Math.floor((y + start) / module)
    const isInside = column >= 0 && row >= 0 && column < symbol.size && row < symbol.size
    return isInside && symbol.isDark(column, row)
  }
  const isDark = (x: number, y: number) =>
    isInk(x, y) ||
    (spread > 0 && (isInk(x - spread, y) || isInk(x + spread, y) || isInk(x, y - spread) || isInk(x, y + spread)))
  return (x, y) => (isDark(x, y) ? 0.06 : 0.93)
}

/** What happens to the paper itself: always the same strength for both symbols, since it is in millimetres. */
function damagePaper(paper: Paper, damage: Damage, random: Random, sideMm: number): Paper {
  if (damage === 'creased' || damage === 'everyday') {
    const angle = between(random, 0, Math.PI)
    const offset = between(random, -sideMm / 4, sideMm / 4)
    const width = damage === 'creased' ? between(random, 0.4, 1.1) : between(random, 0.15, 0.4)
    const shift = between(random, 0.05, 0.35)
    return (x, y) => {
      const distance = x * Math.cos(angle) + y * Math.sin(angle) - offset
      if (Math.abs(distance) < width / 2) return 0.85
      return distance > 0 ? paper(x - shift, y - shift) * 0.9 : paper(x, y)
    }
  }
  if (damage === 'faded') {
    const floor = between(random, 0.3, 0.6)
    const bands = between(random, 0.5, 2)
    const phase = between(random, 0, 6)
    return (x, y) => {
      const ink = floor + 0.12 * Math.sin(bands * y + phase)
      return Math.max(paper(x, y), Math.min(0.9, ink))
    }
  }
  if (damage === 'stained') {
    const spots = Array.from({ length: 7 }, () => ({
      x: between(random, -sideMm / 2, sideMm / 2),
      y: between(random, -sideMm / 2, sideMm / 2),
      radius: between(random, 0.4, 1.5),
      shade: random() < 0.5 ? 0.1 : 0.95,
    }))
    return (x, y) => spots.find((spot) => Math.hypot(x - spot.x, y - spot.y) < spot.radius)?.shade ?? paper(x, y)
  }
  return paper
}

type View = { toPaper: (u: number, v: number) => [number, number] }

/** Where a pixel of the frame looks at: the phone is turned, tilted, or the paper is bent. */
function viewOf(damage: Damage, random: Random, pixelsPerMm: number): View {
  const turn =
    damage === 'clean' ? 0 : between(random, -0.15, 0.15) + (damage === 'turned' ? between(random, 0, Math.PI) : 0)
  const tilt = damage === 'tilted' ? between(random, 0.5, 0.95) : damage === 'everyday' ? between(random, 0.1, 0.4) : 0
  const tiltAxis = between(random, 0, Math.PI)
  const bend = damage === 'bent' ? between(random, 14, 26) : 0
  const away = 150
  const [offsetX, offsetY] = [between(random, -0.5, 0.5), between(random, -0.5, 0.5)]
  return {
    toPaper: (u, v) => {
      const [a, b] = [(u + offsetX) / pixelsPerMm, (v + offsetY) / pixelsPerMm]
      const along = a * Math.cos(tiltAxis) + b * Math.sin(tiltAxis)
      const across = -a * Math.sin(tiltAxis) + b * Math.cos(tiltAxis)
      const depth = across / (Math.cos(tilt) - (across / away) * Math.sin(tilt))
      const nearer = 1 + (depth * Math.sin(tilt)) / away
      const [p, q] = [along * nearer, depth]
      let x = p * Math.cos(tiltAxis) - q * Math.sin(tiltAxis)
      const y = p * Math.sin(tiltAxis) + q * Math.cos(tiltAxis)
      if (bend > 0) x = bend * Math.asin(Math.max(-0.99, Math.min(0.99, x / bend)))
      return [x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)]
    },
  }
}

function see(paper: Paper, { toPaper }: View): Float32Array {
  const seen = new Float32Array(FRAME * FRAME)
  for (let v = 0; v < FRAME; v++)
    for (let u = 0; u < FRAME; u++) {
      let light = 0
      for (const du of samples)
        for (const dv of samples) {
          const [x, y] = toPaper(u + du - FRAME / 2, v + dv - FRAME / 2)
          light += paper(x, y)
        }
      seen[v * FRAME + u] = light / 9
    }
  return seen
}

/** Along one direction, by the weights of its neighbours. */
function smear(light: Float32Array, weights: readonly number[], dx: number, dy: number): Float32Array {
  const half = (weights.length - 1) / 2
  const out = new Float32Array(light.length)
  const clamp = (value: number) => Math.max(0, Math.min(FRAME - 1, Math.round(value)))
  for (let v = 0; v < FRAME; v++)
    for (let u = 0; u < FRAME; u++) {
      let sum = 0
      for (let at = 0; at < weights.length; at++)
        sum += weights[at]! * light[clamp(v + (at - half) * dy) * FRAME + clamp(u + (at - half) * dx)]!
      out[v * FRAME + u] = sum
    }
  return out
}
const bell = (sigma: number) => {
  const half = Math.ceil(sigma * 3)
  const raw = Array.from({ length: 2 * half + 1 }, (_, at) => Math.exp(-((at - half) ** 2) / (2 * sigma * sigma)))
  const sum = raw.reduce((total, weight) => total + weight, 0)
  return raw.map((weight) => weight / sum)
}
const blur = (light: Float32Array, sigma: number) => smear(smear(light, bell(sigma), 1, 0), bell(sigma), 0, 1)

function throughLens(seen: Float32Array, damage: Damage, random: Random): Float32Array {
  if (damage === 'blurred') return blur(seen, between(random, 0.9, 1.7))
  if (damage === 'everyday') return blur(seen, between(random, 0.5, 0.9))
  if (damage !== 'shaken') return blur(seen, 0.45)
  const angle = between(random, 0, Math.PI)
  const length = 2 * Math.round(between(random, 1, 2.5)) + 1
  const weights = Array.from({ length }, () => 1 / length)
  return smear(blur(seen, 0.4), weights, Math.cos(angle), Math.sin(angle))
}

/** A lamp in the laminate: light that comes back white, wherever the paper is dark. */
function shine(light: Float32Array, damage: Damage, random: Random): Float32Array {
  if (damage !== 'glare') return light
  const [x, y] = [between(random, 0.3, 0.7) * FRAME, between(random, 0.3, 0.7) * FRAME]
  const [wide, high] = [between(random, 18, 46), between(random, 10, 26)]
  const turn = between(random, 0, Math.PI)
  return light.map((value, at) => {
    const [dx, dy] = [(at % FRAME) - x, Math.floor(at / FRAME) - y]
    const along = (dx * Math.cos(turn) + dy * Math.sin(turn)) / wide
    const across = (dy * Math.cos(turn) - dx * Math.sin(turn)) / high
    return value + 1.4 * Math.exp(-(along * along + across * across))
  })
}

/** The light of the room and the noise of the sensor. */
function exposure(damage: Damage, random: Random) {
  if (damage === 'dark') return { gain: between(random, 0.12, 0.3), lift: 0.04, noise: 0.02, slope: 0.2 }
  if (damage === 'grainy')
    return { gain: between(random, 0.2, 0.4), lift: 0.06, noise: between(random, 0.05, 0.09), slope: 0.3 }
  if (damage === 'washed') return { gain: 0.35, lift: between(random, 0.4, 0.6), noise: 0.02, slope: 0.6 }
  if (damage === 'everyday') return { gain: 0.5, lift: 0.12, noise: 0.015, slope: 0.4 }
  return { gain: 0.85, lift: 0.05, noise: 0.012, slope: 0.1 }
}

/** One frame, as grey levels, with the symbol printed `sideMm` wide, quiet zone included. */
export function damagedPicture(
  symbol: QrSymbol,
  { damage, seed, sideMm, pixelsPerMm }: { damage: Damage; seed: number; sideMm: number; pixelsPerMm: number },
): Picture {
  const random = seeded(seed)
  const spread = damage === 'photocopied' ? between(random, 0.04, 0.12) : damage === 'everyday' ? 0.03 : 0
  const paper = damagePaper(printed(symbol, sideMm, spread), damage, random, sideMm)
  const seen = shine(throughLens(see(paper, viewOf(damage, random, pixelsPerMm)), damage, random), damage, random)
  const { gain, lift, noise, slope } = exposure(damage, random)
  const angle = between(random, 0, 2 * Math.PI)
  const pixels = new Uint8ClampedArray(FRAME * FRAME)
  for (let at = 0; at < pixels.length; at++) {
    const across =
      ((at % FRAME) / FRAME - 0.5) * Math.cos(angle) + (Math.floor(at / FRAME) / FRAME - 0.5) * Math.sin(angle)
    const copied = damage === 'photocopied' ? (seen[at]! + 0.1 * normal(random) > 0.5 ? 0.95 : 0.05) : seen[at]!
    pixels[at] = 255 * (lift + gain * copied * (1 + slope * across) + noise * normal(random))
  }
  return { pixels, width: FRAME, height: FRAME }
}
