import { posix } from 'node:path'

/** A module imports itself and the ones before it. The order is the flow of the money (STYLE.md §3). */
const moduleOrder = [
  ...[
    'shared',
    'keyring',
    'ledger',
    'calendar',
    'mail',
    'accounts',
    'territories',
    'catalogue',
    'venues',
    'funders',
    'campaigns',
  ],
  ...[
    'prescribers',
    'books',
    'stock',
    'devices',
    'periods',
    'redemptions',
    'contests',
    'saved-queues',
    'payouts',
    'treasury',
    'amendments',
    'accounting',
    'endings',
    'sealing',
    'statistics',
    'demo',
    'pages',
    'app',
  ],
]

export type SourceFile = { path: string; text: string }
type Import = { from: string; isType: boolean; names: string[] }

/** Every way in which one file breaks the import line, told as sentences; none when it keeps to it. */
export function findImportViolations({ path, text }: SourceFile, lentNames: string[]): string[] {
  const imports = importsOf(text)
  if (path.startsWith('scanner-pwa/src/')) return imports.flatMap((item) => scannerViolation(item, path, lentNames))
  if (path.startsWith('tests/unit/')) return imports.flatMap((item) => unitTestViolation(item))
  if (!path.startsWith('api/src/')) return []
  const module = moduleOf(path)
  if (!moduleOrder.includes(module)) return [`${module}/ has no place in the order of modules`]
  return [
    ...imports.flatMap((item) => [
      ...orderViolation(item, path, module),
      ...httpViolation(item, path),
      ...sqlViolation(item, path, text),
    ]),
    ...(/\bprocess\.env\b/.test(text) && path !== 'api/src/main.ts' ? ['only main.ts reads the environment'] : []),
  ]
}

/** The chain of the audit log is serial and its lock is held until commit: what comes after a line holds everybody up. */
export function findLateAudits({ text }: SourceFile): string[] {
  return [...text.matchAll(/^( *)await recordAudit\(/gm)].flatMap(({ 1: indent, index, 0: call }) => {
    const rest = text.slice(index + call.length)
    const block = rest.slice(0, rest.search(new RegExp(`^${indent!.slice(2)}\\}`, 'm')))
    const next = block.search(new RegExp(`^${indent}\\w`, 'm'))
    const later = next < 0 ? null : block.slice(next).match(/.*\b(await|tx)\b.*/)
    return later ? [`${later[0].trim()} comes after recordAudit`] : []
  })
}

/** The files that the scanner borrows, with all they import, run in a browser: nothing of Node, no package. */
export function findLentViolations(lentPaths: string[], readText: (path: string) => string): string[] {
  const reached = new Set(lentPaths)
  const violations: string[] = []
  for (const path of reached)
    for (const { isType, from } of importsOf(readText(path))) {
      if (isType) continue
      if (from.startsWith('.')) reached.add(resolveFrom(path, from))
      else violations.push(`${path} is lent to the scanner, so it may not import ${from}`)
    }
  return violations
}

/** What has no place in any file, whatever it is about. */
export function findStrangers({ path, text }: SourceFile): string[] {
  const strangers: [RegExp, string][] = [
    [/(^|[\s'"`(=:])\/(work|root|home\/\w+|Users\/\w+)\//m, 'names a path of one machine'],
    [/\b(TO{1}DO|FIX{1}ME)\b/, 'is not finished'],
    [/\b(test|describe|it)\.(skip|only|todo)\b/, 'skips tests'],
    [/\b(issue|ticket|pull request) #?\d+/i, 'names a ticket'],
    [/https?:\/\/[^\s'"]*registry\./, 'names a package registry'],
  ]
  const name = posix.basename(path)
  return [
    ...strangers.filter(([pattern]) => pattern.test(text)).map(([, what]) => what),
    ...(/\.(tsx?|[cm]js)$/.test(path) && lineCount(text) > 300 ? [`has ${lineCount(text)} lines, more than 300`] : []),
    ...(/^index\.tsx?$/.test(name) && path !== 'db/index.ts' ? ['is a barrel'] : []),
    ...(/\/(utils|services|lib|common|types)\//.test(path) ? ['lies in a folder whose name says nothing'] : []),
  ]
}

function importsOf(text: string): Import[] {
  const statements = text.matchAll(/^(?:import|export)\s+(type\s)?([\w\s{},*$]*?)\s*from\s*['"]([^'"]+)['"]/gm)
  const bare = text.matchAll(/^import\s*['"]([^'"]+)['"]/gm)
  const dynamic = text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)
  return [
    ...[...statements].map(([, type, clause = '', from]) => ({
      from: from!,
      ...bindingsOf(clause, type !== undefined),
    })),
    ...[...bare, ...dynamic].map(([, from]) => ({ from: from!, isType: false, names: [] })),
  ]
}

function bindingsOf(clause: string, isType: boolean): { isType: boolean; names: string[] } {
  const inBraces =
    clause
      .match(/\{(.*)\}/s)?.[1]
      ?.split(',')
      .map((name) => name.trim())
      .filter(Boolean) ?? []
  const values = inBraces.filter((name) => !name.startsWith('type '))
  const onlyTypes = clause.startsWith('{') && inBraces.length > 0 && values.length === 0
  return { isType: isType || onlyTypes, names: values.map((name) => name.split(' as ').at(-1)!) }
}

const lineCount = (text: string) => text.trimEnd().split('\n').length
const resolveFrom = (path: string, from: string) =>
  from.startsWith('.') ? posix.join(posix.dirname(path), from) : from

function moduleOf(path: string): string {
  const [, , first, ...rest] = path.split('/')
  return rest.length > 0 ? first! : 'app'
}

function orderViolation({ from, isType }: Import, path: string, module: string): string[] {
  const target = resolveFrom(path, from).replace(/^@carnet\/api\//, 'api/src/')
  if (from.startsWith('.') && !target.startsWith('api/src/')) return [`leaves the package: ${from}`]
  if (!target.startsWith('api/src/')) return []
  const other = moduleOf(target)
  // The context carries the keyring, and every module knows the context.
  if (path === 'api/src/shared/context.ts' && isType && other === 'keyring') return []
  return moduleOrder.indexOf(other) > moduleOrder.indexOf(module) ? [`${module} comes before ${other}: ${from}`] : []
}

function httpViolation({ from, isType, names }: Import, path: string): string[] {
  const onlySchemas = from === '@hono/zod-openapi' && names.every((name) => name === 'z')
  if (!/^@?hono\b/.test(from) || isType || onlySchemas) return []
  const mayServe = /(^|[/-])routes\.tsx?$|\/pages\/|\/shared\/http\.ts$|^api\/src\/(app|serve)\.ts$/.test(path)
  return mayServe ? [] : [`speaks HTTP outside routes and pages: ${from}`]
}

function sqlViolation({ from, isType, names }: Import, path: string, text: string): string[] {
  if (isType || !/^(drizzle-orm|@carnet\/db$|postgres$)/.test(from)) return []
  if (/(^|[/-])queries\.ts$|\/shared\/context\.ts$/.test(path)) return []
  const onlyConnects = from === '@carnet/db' && names.length > 0 && names.every((name) => name.startsWith('connect'))
  if (onlyConnects && moduleOf(path) === 'app') return []
  const onlyEnums = from === '@carnet/db' && names.length > 0 && names.every((name) => onlyEnumValues(name, text))
  if (onlyEnums && /(^|[/-])routes\.tsx?$/.test(path)) return []
  return [`speaks SQL outside queries: ${from}`]
}

function onlyEnumValues(name: string, text: string): boolean {
  const uses = [...text.matchAll(new RegExp(`(?<![.\\w])${name}\\b(?!\\s*:)(\\.enumValues)?`, 'g'))]
  return uses.length > 1 && uses.slice(1).every(([, enumValues]) => enumValues !== undefined)
}

function scannerViolation({ from, isType }: Import, path: string, lentNames: string[]): string[] {
  if (from.startsWith('.'))
    return resolveFrom(path, from).startsWith('scanner-pwa/') ? [] : [`leaves the scanner: ${from}`]
  if (from.startsWith('@carnet/db')) return [`the scanner knows no database: ${from}`]
  if (!from.startsWith('@carnet/api') || isType) return []
  return lentNames.includes(from) ? [] : [`the api lends this file to nobody: ${from}`]
}

function unitTestViolation({ from }: Import): string[] {
  return /helpers\/(database|.*-server)\.ts$/.test(from) ? [`a unit test needs no database: ${from}`] : []
}
