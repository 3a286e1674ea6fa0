import { existsSync } from 'node:fs'
import type { Config } from './config.ts'
import { placeOf, warnOfMedium } from './keyring/medium.ts'
import { warnOfMemory } from './keyring/memory.ts'

/** In production, at each start: where the keys lie, as one JSON line for each thing to know. They stop nothing. */
export function warnOfKeyring(config: Config, log: (line: string) => void = console.error): void {
  if (config.mode !== 'production') return
  const copies = [config.keyringDir, config.keyringCopyDir].map((path) => placeOf(path))
  const isHere = config.databaseUrl === undefined && existsSync(config.postgresDir)
  const place = isHere ? placeOf(config.postgresDir) : undefined
  for (const { check, says } of [...warnOfMedium(copies, place), ...warnOfMemory()])
    log(JSON.stringify({ level: 'warning', check, says }))
}
