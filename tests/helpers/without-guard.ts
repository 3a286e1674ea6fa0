/*
 * Guards that can be taken out: a test file that mocks a module with these runs the real one until it says `without`. What an
 * attack does to the real system and to the mutant is then the same.
 */
type Anything = Record<string, unknown>
type Act = (...args: never[]) => unknown

const out = new Set<string>()

/** Runs while a guard is out. */
export async function without<Result>(guard: string, run: () => Promise<Result>): Promise<Result> {
  out.add(guard)
  return run().finally(() => out.clear())
}

/** The module, with another thing in place of one of its own while the guard is out. */
export function mutable(real: object, changes: Record<string, { guard: string; instead: unknown }>): Anything {
  const module: Anything = { ...real }
  for (const [name, { guard, instead }] of Object.entries(changes)) {
    const own = (real as Anything)[name]
    const isAct = typeof own === 'function'
    const choose = (...args: never[]) => ((out.has(guard) ? instead : own) as Act)(...args)
    Object.defineProperty(module, name, {
      enumerable: true,
      get: () => (isAct ? choose : out.has(guard) ? instead : own),
    })
  }
  return module
}
