import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/**
 * Schemas and samples of others, which checks read and the project does not ship. Undefined when one is not at hand, which is said:
 * the check is then left out.
 */
export function findReferenceFile(name: string): string | undefined {
  const file = join(resolve(process.env.REFERENCE_DATA_DIR ?? '../shared/data'), name)
  if (existsSync(file)) return file
  console.warn(`Not checked against ${name}: REFERENCE_DATA_DIR says where it is.`)
  return undefined
}
