import type { Schema } from '@carnet/api/pages/schema-text.ts'
import { describe, expect, test } from 'vitest'
import { accessMatrix } from '../../helpers/access-matrix.ts'
import { type ActorName, actorNames } from '../../helpers/actors.ts'
import { givenEveryRoute } from '../../helpers/every-route.ts'

const { operations, schemas, ask } = await givenEveryRoute()

/** Who may ask, in the order of the matrix: a route is asked as the first that it lets through. */
const routes = accessMatrix
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [method, path, ...cells] = line.trim().split(/ +/)
    return { route: `${method} ${path}`, actor: actorNames[Math.max(0, cells.indexOf('+'))]! as ActorName }
  })

/** The fields of an answer that its schema does not know: nobody decided that they may be told. */
function untold(schema: Schema, value: unknown, at: string): string[] {
  if (schema.$ref) return untold(schemas[schema.$ref.split('/').at(-1)!] as Schema, value, at)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) {
    const found = choices.map((choice) => untold(choice, value, at))
    return found.find((none) => none.length === 0) ?? found[0]!
  }
  if (schema.allOf) {
    const found = schema.allOf.map((part) => untold(part, value, at))
    return found.reduce((common, fields) => common.filter((field) => fields.includes(field)))
  }
  if (Array.isArray(value)) return value.flatMap((item) => (schema.items ? untold(schema.items, item, `${at}[]`) : []))
  if (typeof value !== 'object' || value === null || schema.additionalProperties || !schema.properties) return []
  return Object.entries(value).flatMap(([name, field]) => {
    const known = schema.properties![name]
    return known ? untold(known, field, `${at}.${name}`) : [`${at}.${name}`]
  })
}

/** Values that fit a schema in JSON and that no row can keep: a zero byte, half a letter, a day of no calendar, a huge number. */
const strange: readonly ((value: unknown) => unknown)[] = [
  (value) => (typeof value === 'string' ? `${value}\0` : value),
  (value) => (typeof value === 'string' ? `${value}\ud800` : value),
  (value) => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? '0000-01-01' : value),
  (value) => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? '9999-12-31' : value),
  (value) => (typeof value === 'number' ? 9_007_199_254_740_991 : value),
  (value) =>
    typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value) ? 'c0ffee00-0000-4000-8000-000000000000' : value,
]
const everywhere = (change: (value: unknown) => unknown, body: unknown): unknown => {
  if (Array.isArray(body)) return body.map((item) => everywhere(change, item))
  if (typeof body !== 'object' || body === null) return change(body)
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, everywhere(change, value)]))
}
/** One leaf after the other, and all at once: a first field that is refused hides the others. */
function variants(body: unknown, change: (value: unknown) => unknown): unknown[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return [everywhere(change, body)]
  const single = Object.entries(body).map(([name, value]) => ({ ...body, [name]: everywhere(change, value) }))
  return [everywhere(change, body), ...single]
}

describe('every route', () => {
  test.each(routes)('$route answers what its schema says and no more', async ({ route, actor }) => {
    const { response, text } = await ask(route, actor)
    const responses = operations.get(route)!.operation.responses as Record<
      string,
      { content?: Record<string, { schema?: Schema }> }
    >
    const schema = responses[response.status]?.content?.['application/json']?.schema
    if (schema) expect(untold(schema, JSON.parse(text), 'answer')).toEqual([])
  })

  test.each(routes)('$route breaks on no value', async ({ route, actor }) => {
    const broken: string[] = []
    for (const change of strange) {
      let sample: unknown
      await ask(route, 'public', (body) => {
        sample = body
        return body
      })
      for (const variant of sample === undefined ? [] : variants(sample, change)) {
        const { response, text } = await ask(route, actor, () => variant)
        if (response.status >= 500) broken.push(`${JSON.stringify(variant)} ${text}`)
      }
    }
    expect(broken).toEqual([])
  })

  test('that searches or pages breaks on no words', async () => {
    const broken: string[] = []
    for (const { route, actor } of routes.filter(({ route }) => route.startsWith('GET'))) {
      const { operation } = operations.get(route)!
      for (const { name, in: place } of (operation.parameters ?? []) as { name: string; in: string }[])
        for (const value of place === 'query' ? ['%00', '0000-01-01', '9007199254740991', 'x'.repeat(100)] : []) {
          const { response } = await ask(route, actor, undefined, `${name}=${value}`)
          if (response.status >= 500) broken.push(`${route} ${name}=${value}`)
        }
    }
    expect(broken).toEqual([])
  })
})
