import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'

const directory = mkdtempSync(join(tmpdir(), 'carnet-audit-report-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

function check(report: unknown) {
  const file = join(directory, 'report.json')
  writeFileSync(file, typeof report === 'string' ? report : JSON.stringify(report))
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/check-dependencies.mjs', file], {
    encoding: 'utf8',
  })
  return { status, said: stdout + stderr }
}
const advisory = (severity: string) => ({
  advisories: { 1: { module_name: 'left-pad', severity, title: 'Pads', github_advisory_id: 'GHSA-x' } },
})

describe('the packages of production', () => {
  test('have licences that may be passed on', () => {
    const { status, said } = check({ advisories: {} })
    expect(said).toMatch(/^\d{2,3} packages of production: licences allowed, no serious weakness known\.\n$/)
    expect(status).toBe(0)
  })

  test.each(['high', 'critical'])('fail with a weakness that is %s', (severity) => {
    expect(check(advisory(severity))).toEqual({ status: 1, said: `left-pad: ${severity}, Pads (GHSA-x)\n` })
  })

  test.each(['low', 'moderate'])('pass with one that is %s', (severity) => {
    expect(check(advisory(severity)).status).toBe(0)
  })

  test.each(['', 'Not found', '{"error": {"code": "ERR_PNPM_AUDIT_BAD_RESPONSE"}}'])(
    'pass and say so when the registry answers %j',
    (report) => {
      const { status, said } = check(report)
      expect(status).toBe(0)
      expect(said).toContain('NOT looked up')
    },
  )
})
