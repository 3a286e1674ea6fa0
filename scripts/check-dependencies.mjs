// What is served to people depends on these packages: none with a known serious weakness, none under a licence that we cannot
// pass on. docs/dependencies.md has the policy. Usage: node scripts/check-dependencies.mjs [REPORT of pnpm audit --json]
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

const pnpm = 'pnpm@12.21.0'
const patienceMs = 60_000
const refused = ['high', 'critical']
/** Advisories that do not reach us: until a day, and why. */
const accepted = []
const allowed = [
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'Unlicense',
  'CC0-1.0',
  'AGPL-3.0-or-later',
  'OFL-1.1',
  'CC-BY-4.0',
  'PostgreSQL',
]
/** Packages that name no licence in package.json; read by hand. */
const readByHand = { 'png-js': 'MIT' }

/** The report, or a sentence that says why there is none: a registry may have no audit, a machine no network. */
function readReport(file) {
  const text = file
    ? readFileSync(file, 'utf8')
    : spawnSync('npx', ['--yes', pnpm, 'audit', '--prod', '--json'], {
        encoding: 'utf8',
        timeout: patienceMs,
        shell: process.platform === 'win32',
      }).stdout
  try {
    const report = JSON.parse(text)
    if (typeof report.advisories === 'object' && report.advisories)
      return { advisories: Object.values(report.advisories) }
  } catch {}
  return { why: 'The registry gave no audit report: known weaknesses were NOT looked up this time.' }
}

function findWeaknesses(advisories, today) {
  const isAccepted = ({ github_advisory_id: id }) => accepted.some((known) => known.id === id && known.until >= today)
  return advisories
    .filter((advisory) => refused.includes(advisory.severity) && !isAccepted(advisory))
    .map(({ module_name, severity, title, github_advisory_id: id }) => `${module_name}: ${severity}, ${title} (${id})`)
}

/** Every package that the served ones load, as installed. */
function listInstalled() {
  const found = new Map()
  const visit = (folder) => {
    const real = realpathSync(folder)
    if (found.has(real)) return
    const { name, version, license, licenses, dependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(real, 'package.json'), 'utf8'),
    )
    found.set(real, { name, version, license: license ?? licenses?.[0]?.type ?? readByHand[name] ?? 'none named' })
    for (const dependency of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const at = findFolder(real, dependency)
      if (at) visit(at)
    }
  }
  for (const workspace of ['api', 'db', 'scanner-pwa']) visit(workspace)
  return [...found.values()]
}

function findFolder(from, name) {
  const here = join(from, 'node_modules', name)
  if (existsSync(here)) return here
  const up = dirname(from)
  return up === from ? undefined : findFolder(up, name)
}

/** Of several licences to choose from, one is enough. */
const isAllowed = (license) =>
  String(license)
    .replace(/[()]/g, '')
    .split(/ or /i)
    .some((one) => allowed.includes(one.trim()))

const installed = listInstalled()
const strangers = installed.filter(({ license }) => !isAllowed(license))
const { advisories = [], why } = readReport(process.argv[2])
const weaknesses = findWeaknesses(advisories, new Date().toISOString().slice(0, 10))

if (why) console.log(why)
for (const line of weaknesses) console.error(line)
for (const { name, version, license } of strangers)
  console.error(`${name} ${version}: the licence ${license} is not in our list.`)
if (weaknesses.length > 0 || strangers.length > 0) process.exit(1)
console.log(`${installed.length} packages of production: licences allowed${why ? '' : ', no serious weakness known'}.`)
