import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { hashFiles, listFiles, readMark, root, writeMark } from './fingerprint.mjs'

const pnpm = 'pnpm@12.21.0'
const inCi = {
  env: { ...process.env, CI: 'true', npm_config_update_notifier: 'false' },
  shell: process.platform === 'win32',
}

/** The two commands of a fresh machine: `start` and `test`. */
export function run(command) {
  process.chdir(root)
  if (command === 'start') return start()
  if (command === 'test') return test()
  if (command === 'build') return buildScanner()
  fail('Usage: npm start, or npm test.')
}

function start() {
  install()
  buildScanner()
  // The server runs in this very process: Ctrl-C, a closed terminal or a kill reach it and nobody in between.
  import('tsx/esm/api').then(({ register }) => {
    register()
    return import(pathToFileURL(join(root, 'api/src/main.ts')).href)
  })
}

/** Every stage runs, also after one that failed: a wrong comma hides no broken page. */
function test() {
  install()
  buildScanner()
  const missing = installTools()
  const hasBrowser = !missing.includes('chromium')
  const stages = [
    'lint',
    'types',
    'unused',
    'test:unit',
    'dependencies',
    'test:api',
    ...(hasBrowser ? ['test:e2e'] : []),
  ]
  const failed = stages.filter((stage) => !succeeds('npm', ['run', '--silent', stage], inCi))
  if (failed.length > 0) fail(`The tests failed in ${failed.join(', ')}: the reasons are above.`)
  if (!hasBrowser)
    fail(
      'The tests in a browser did not run: install Chromium (Debian: apt-get install chromium), or name it in CHROMIUM_PATH.',
    )
}

/** Skipped while the lockfile and the manifests are those of the last complete install. */
function install() {
  const mark = 'node_modules/.carnet-install'
  const manifests = [
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'package.json',
    'api/package.json',
    'db/package.json',
    'scanner-pwa/package.json',
    'tests/package.json',
  ]
  const wanted = `${process.platform} ${process.arch} ${hashFiles(manifests)}`
  if (readMark(mark) === wanted) return
  console.log('Installing the dependencies…')
  pnpmRun(
    ['install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=error'],
    'The dependencies could not be installed: the reason is above. Check the network and the free space, then type the same command again.',
  )
  writeMark(mark, wanted)
}

/** What the tests look at our paper and our bank files with. Without them they say so, and test the rest. */
function installTools() {
  const packageOf = {
    pdftoppm: 'poppler-utils',
    zbarimg: 'zbar-tools',
    xmllint: 'libxml2-utils',
    chromium: 'chromium',
  }
  const isMissing = (tool) =>
    tool === 'chromium' ? !findBrowser() : spawnSync(tool, ['--version'], { stdio: 'ignore' }).error !== undefined
  const missing = Object.keys(packageOf).filter(isMissing)
  if (missing.length === 0) return []
  const packages = missing.map((tool) => packageOf[tool])
  const mayInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0
  if (mayInstall) {
    console.log(`Installing ${packages.join(', ')} for the tests…`)
    spawnSync('sh', ['-c', `apt-get update -q && apt-get install -q -y ${packages.join(' ')}`], { stdio: 'ignore' })
  }
  const still = missing.filter(isMissing)
  if (still.length > 0)
    console.warn(`Not everything is tested without ${still.map((tool) => packageOf[tool]).join(', ')}.`)
  return still
}

function findBrowser() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  return [process.env.CHROMIUM_PATH, ...names.map((name) => `/usr/bin/${name}`)].find(
    (path) => path && existsSync(path),
  )
}

/** Skipped while nothing that goes into the scanner changed. */
function buildScanner() {
  const mark = 'scanner-pwa/dist/.inputs'
  const wanted = hashFiles([
    ...listFiles('scanner-pwa', ['dist', 'node_modules']),
    ...listFiles('api/src/books'),
    ...listFiles('api/src/catalogue'),
    ...listFiles('api/src/contests'),
    ...listFiles('api/src/pages/styles'),
    ...listFiles('api/src/shared'),
    'pnpm-lock.yaml',
  ])
  if (readMark(mark) === wanted) return
  console.log('Building the scanner…')
  const vite = join(root, 'scanner-pwa/node_modules/vite/bin/vite.js')
  call(
    process.execPath,
    [vite, 'build', '--logLevel', 'warn'],
    { cwd: join(root, 'scanner-pwa') },
    'The scanner could not be built: the reason is above.',
  )
  writeMark(mark, wanted)
}

function pnpmRun(args, problem) {
  call('npx', ['--yes', pnpm, ...args], inCi, problem)
}

function call(command, args, options, problem) {
  if (!succeeds(command, args, options)) fail(problem)
}

function succeeds(command, args, options) {
  const { status, signal } = spawnSync(command, args, { stdio: 'inherit', ...options })
  if (signal) process.exit(130)
  return status === 0
}

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}
