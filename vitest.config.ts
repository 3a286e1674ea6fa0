import { defineConfig } from 'vitest/config'

const temporaryRoot = 'tests/helpers/temporary-root.ts'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], globalSetup: temporaryRoot } },
      {
        extends: true,
        test: {
          name: 'api',
          include: ['tests/api/**/*.test.ts'],
          // The scanner's own reader, as the browser gets it: Node takes its parts for CommonJS.
          server: { deps: { inline: [/@zxing/] } },
          globalSetup: [temporaryRoot, 'tests/helpers/database-server.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Long: by `npm run faults` alone.
        extends: true,
        test: {
          name: 'faults',
          include: process.env.FAULTS ? ['tests/faults/**/*.test.ts'] : [],
          globalSetup: [temporaryRoot, 'tests/helpers/database-server.ts'],
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: [temporaryRoot, 'tests/helpers/database-server.ts', 'tests/helpers/scanner-server.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // A browser on a busy machine may miss a key or a frame; a story that fails three times is broken.
          retry: 2,
        },
      },
    ],
  },
})
