import { readdirSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import SlowestFirst from './tests/helpers/slowest-first.ts'

const temporaryRoot = 'tests/helpers/temporary-root.ts'
const database = [temporaryRoot, 'tests/helpers/database-server.ts']

/** Files that put something in the place of a module of ours, or weigh the memory of their process. */
const loners = readdirSync('tests/api', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `tests/api/${name.replaceAll('\\', '/')}`)
  .filter((path) => /vi\.mock\(|memoryUsage\(/.test(readFileSync(path, 'utf8')))

// A quiet machine needs no second; a busy one gets its time.
const patience = { testTimeout: 60_000, hookTimeout: 60_000 }
const apiOptions = {
  ...patience,
  globalSetup: database,
  // The scanner's own reader, as the browser gets it: Node takes its parts for CommonJS.
  server: { deps: { inline: [/@zxing/] } },
}

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    sequence: { sequencer: SlowestFirst },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], globalSetup: temporaryRoot, ...patience },
      },
      {
        // The files of a worker share their modules: to load the whole application anew takes longer than most files.
        extends: true,
        test: {
          name: 'api',
          ...apiOptions,
          include: ['tests/api/**/*.test.ts'],
          exclude: loners,
          isolate: false,
        },
      },
      { extends: true, test: { name: 'api-alone', ...apiOptions, include: loners } },
      {
        // Long: by `npm run faults` alone.
        extends: true,
        test: {
          name: 'faults',
          include: process.env.FAULTS ? ['tests/faults/**/*.test.ts'] : [],
          globalSetup: database,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          isolate: false,
          globalSetup: [...database, 'tests/helpers/scanner-server.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // A browser on a busy machine may miss a key or a frame; a story that fails three times is broken.
          retry: 2,
        },
      },
    ],
  },
})
