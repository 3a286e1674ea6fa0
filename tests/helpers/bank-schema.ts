import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { hasTool } from './paper-pictures.ts'

/** Where the schemas of the bank files lie: they are ISO's and not part of the project. */
const folder = resolve(process.env.REFERENCE_DATA_DIR ?? '../shared/data')

/** What the schema finds wrong with a bank file, or null when schema or xmllint are not at hand, which is said. */
export function validateBankFile(file: string, version: '09' | '03'): string[] | null {
  const schema = join(folder, `pain.001.001.${version}.xsd`)
  if (!existsSync(schema)) {
    console.warn(`Not validated: ${schema} is not there. REFERENCE_DATA_DIR says where the schemas are.`)
    return null
  }
  if (!hasTool('xmllint')) return null
  const scratch = mkdtempSync(join(tmpdir(), 'carnet-bank-'))
  try {
    const path = join(scratch, 'file.xml')
    writeFileSync(path, file)
    const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', schema, path], {
      encoding: 'utf8',
    })
    return status === 0 ? [] : stderr.split('\n').filter((line) => line.includes('error'))
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
