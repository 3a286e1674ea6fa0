type XY = [x: number, y: number]

const [apart, rounds] = [23, 80]

/**
 * Moves numbered pins that would hide each other apart, as little as needed; each keeps a line to its place.
 * The same places always give the same picture.
 */
export function spreadPins(places: readonly XY[]): XY[] {
  const pins = places.map(([x, y], at): XY => [x + at * 0.01, y + ((at * 7) % 5) * 0.01])
  for (let round = 0; round < rounds; round += 1) {
    let isSettled = true
    for (const [at, a] of pins.entries())
      for (const b of pins.slice(at + 1)) {
        const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
        const distance = Math.hypot(dx, dy)
        if (distance >= apart) continue
        isSettled = false
        const push = (apart - distance) / 2 / (distance || 1)
        a[0] -= dx * push
        a[1] -= dy * push
        b[0] += dx * push
        b[1] += dy * push
      }
    if (isSettled) break
  }
  return pins.map(([x, y]) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10])
}
