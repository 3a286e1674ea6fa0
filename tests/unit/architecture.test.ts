import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { locks } from '@carnet/api/shared/locks.ts'
import { describe, expect, test } from 'vitest'
import api from '../../api/package.json' with { type: 'json' }
import {
  findImportViolations,
  findLateAudits,
  findLentViolations,
  findStrangers,
  type SourceFile,
} from '../helpers/architecture.ts'

const lent = Object.entries(api.exports).filter(([name]) => !name.includes('*'))
const lentNames = lent.map(([name]) => name.replace('.', '@carnet/api'))
const lentPaths = lent.map(([, path]) => path.replace('.', 'api'))

const isGenerated = (path: string) => /(^|\/)(node_modules|dist)\//.test(path) || path.startsWith('db/migrations/')
const isText = (path: string) => /\.(tsx?|[cm]js|json|md|sql|html|css|ya?ml)$/.test(path) || path === '.ci/run'
const textFiles = ['api', 'db', 'docs', 'scanner-pwa', 'scripts', 'tests', '.ci', '.']
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    readdirSync(folder, { recursive: folder !== '.', encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  )
  .map((path) => path.replace(/^\.\//, ''))
  .filter((path) => isText(path) && !isGenerated(path) && statSync(path).isFile())
const read = (path: string): SourceFile => ({ path, text: readFileSync(path, 'utf8') })
const sources = textFiles.filter((path) => /\.tsx?$/.test(path))

describe('this code', () => {
  test.each(sources)('%s imports what its place allows', (path) => {
    expect(findImportViolations(read(path), lentNames)).toEqual([])
  })

  test('what the scanner borrows runs in a browser', () => {
    expect(findLentViolations(lentPaths, (path) => read(path).text)).toEqual([])
  })

  test('writes the audit line last', () => {
    // The proof of a sealing is the hash of its line, so it comes after.
    const others = sources.filter((path) => path.startsWith('api/src/') && !path.endsWith('/seal-period.ts'))
    expect(others.flatMap((path) => findLateAudits(read(path)))).toEqual([])
  })

  test('gives each advisory lock a number of its own', () => {
    const numbers = Object.values(locks)
    expect(numbers).toEqual([...new Set(numbers)].sort())
  })

  test('no file holds what belongs to no project', () => {
    const strangers = textFiles
      .filter((path) => !/^tests\/(helpers|unit)\/architecture/.test(path))
      .flatMap((path) => findStrangers(read(path)).map((what) => `${path} ${what}`))
    expect(strangers).toEqual([])
  })
})

describe('the checker sees', () => {
  const violations = (path: string, text: string) => findImportViolations({ path, text }, lentNames)

  test.each([
    ['a module that imports a later one', 'api/src/ledger/post.ts', `import { seal } from '../sealing/seal.ts'`],
    ['a type of a later module', 'api/src/ledger/post.ts', `import type { Seal } from '../sealing/seal.ts'`],
    ['a later module by its package name', 'api/src/books/a.ts', `import { seal } from '@carnet/api/sealing/seal.ts'`],
    ['a module that imports the whole app', 'api/src/pages/home.tsx', `import { createApp } from '../app.ts'`],
    ['a module without a place', 'api/src/helpers/a.ts', ''],
    ['a file outside the package', 'api/src/books/a.ts', `import { x } from '../../../db/index.ts'`],
    ['SQL in a use case', 'api/src/books/issue.ts', `import { eq } from 'drizzle-orm'`],
    ['a table in a use case', 'api/src/books/issue.ts', `import { vouchers } from '@carnet/db'`],
    ['a table among types', 'api/src/books/issue.ts', `import { type Cents, vouchers } from '@carnet/db'`],
    ['a table passed on', 'api/src/books/issue.ts', `export { vouchers } from '@carnet/db'`],
    ['a table in routes', 'api/src/books/routes.ts', `import { vouchers } from '@carnet/db'\nselect(vouchers)`],
    ['a connection in a module', 'api/src/books/issue.ts', `import { connectRaw } from '@carnet/db'`],
    ['the driver in a use case', 'api/src/books/issue.ts', `import postgres from 'postgres'`],
    ['an import over several lines', 'api/src/books/issue.ts', `import {\n  eq,\n  and,\n} from 'drizzle-orm'`],
    ['an import at run time', 'api/src/books/issue.ts', `const { eq } = await import('drizzle-orm')`],
    ['HTTP in the rules', 'api/src/books/book.ts', `import { HTTPException } from 'hono/http-exception'`],
    ['OpenAPI in a use case', 'api/src/books/issue.ts', `import { createRoute, z } from '@hono/zod-openapi'`],
    ['the environment in a module', 'api/src/books/issue.ts', 'const port = process.env.PORT'],
    ['a use case in the scanner', 'scanner-pwa/src/main.ts', `import { issue } from '@carnet/api/books/issue.ts'`],
    ['the database in the scanner', 'scanner-pwa/src/main.ts', `import type { Cents } from '@carnet/db'`],
    ['the scanner reaching out', 'scanner-pwa/src/main.ts', `import { x } from '../../api/src/books/book.ts'`],
    [
      'a unit test with a database',
      'tests/unit/a.test.ts',
      `import { createTestDatabase } from '../helpers/database.ts'`,
    ],
  ])('%s', (_, path, text) => {
    expect(violations(path, text)).toHaveLength(1)
  })

  test.each([
    ['an earlier module', 'api/src/sealing/seal.ts', `import { post } from '../ledger/post.ts'`],
    ['its own module', 'api/src/ledger/post.ts', `import { x } from './account.ts'`],
    ['types of the database anywhere', 'api/src/books/book.ts', `import type { Cents } from '@carnet/db'`],
    [
      'SQL in queries',
      'api/src/books/queries.ts',
      `import { eq } from 'drizzle-orm'\nimport { books } from '@carnet/db'`,
    ],
    [
      'the values of an enum in routes',
      'api/src/books/routes.ts',
      `import { state } from '@carnet/db'\nz.object({ state: z.enum(state.enumValues) })`,
    ],
    ['a schema anywhere', 'api/src/books/order.ts', `import { z } from '@hono/zod-openapi'`],
    ['a connection where the server starts', 'api/src/main.ts', `import { connectDatabase } from '@carnet/db'`],
    ['HTTP in pages', 'api/src/pages/public/home.tsx', `import { raw } from 'hono/html'`],
    [
      'types and lent files in the scanner',
      'scanner-pwa/src/a.ts',
      `import type { R } from '@carnet/api/x.ts'\nimport { read } from '${lentNames[0]}'`,
    ],
  ])('%s is allowed', (_, path, text) => {
    expect(violations(path, text)).toEqual([])
  })

  test('a lent file that needs Node, itself or through another', () => {
    const files: Record<string, string> = {
      'api/src/books/a.ts': `import { b } from './b.ts'\nimport type { Hono } from 'hono'`,
      'api/src/books/b.ts': `import { createHash } from 'node:crypto'`,
    }
    expect(findLentViolations(['api/src/books/a.ts'], (path) => files[path]!)).toHaveLength(1)
  })

  test('work that comes after the audit line', () => {
    const use = (last: string) =>
      `  return transaction(async (tx) => {\n    await recordAudit(tx)\n${last}  })\n  await wait()`
    for (const work of ['await settle()', 'return read(tx)', 'const found = await read(tx)'])
      expect(findLateAudits({ path: 'a.ts', text: use(`    ${work}\n`) })).toHaveLength(1)
    expect(findLateAudits({ path: 'a.ts', text: use('    return done\n') })).toEqual([])
  })

  test.each([
    ['a path of one machine', 'docs/a.md', 'see /home/someone/carnet'],
    ['an unfinished thought', 'api/src/a.ts', `// ${'TO'}DO later`],
    ['a skipped test', 'tests/unit/a.test.ts', `test.${'skip'}('x', () => {})`],
    ['a ticket number', 'api/src/a.ts', '// see issue #12'],
    ['a file that is too long', 'api/src/a.ts', 'x\n'.repeat(301)],
    ['a barrel', 'api/src/books/index.ts', ''],
    ['a folder that says nothing', 'api/src/utils/a.ts', ''],
  ])('%s', (_, path, text) => {
    expect(findStrangers({ path, text })).toHaveLength(1)
  })
})
