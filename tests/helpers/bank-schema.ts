import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasTool } from './paper-pictures.ts'
import { findReferenceFile } from './reference-data.ts'

/** What the schema finds wrong with a bank file, or null when schema or xmllint are not at hand, which is said. */
export function validateBankFile(file: string, version: '09' | '03'): string[] | null {
  const schema = findReferenceFile(`pain.001.001.${version}.xsd`)
  if (!schema || !hasTool('xmllint')) return null
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
