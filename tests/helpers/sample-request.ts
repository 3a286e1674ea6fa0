import type { Schema } from '@carnet/api/pages/schema-text.ts'

/** Values of fields by their name, stronger than what their schema would allow. */
export type Known = Record<string, unknown>

/** The smallest body that a schema accepts: required fields only, known values where there are. */
export function sampleOf(schema: Schema & Bounds, known: Known, schemas: Record<string, Schema>, name = ''): unknown {
  if (name in known) return known[name]
  if (schema.$ref) return sampleOf(schemas[schema.$ref.split('/').at(-1)!]!, known, schemas, name)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0]
  if (choice) return sampleOf(choice, known, schemas, name)
  switch ([schema.type].flat()[0]) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((field) => [field, sampleOf(schema.properties![field]!, known, schemas, field)]),
      )
    case 'array':
      return [sampleOf(schema.items!, known, schemas, name)]
    case 'boolean':
      return true
    case 'integer':
    case 'number':
      return schema.minimum ?? 1000
    default:
      return sampleText(schema, name)
  }
}

type Bounds = { minimum?: number; minLength?: number; pattern?: string }

function sampleText({ format, minLength = 1, pattern }: Schema & Bounds, name: string): string {
  if (format === 'date') return '2026-03-10'
  if (format === 'uuid') return '00000000-0000-4000-8000-000000000000'
  if (format === 'email') return 'someone@example.org'
  if (pattern) throw new Error(`${name}: give a known value that matches ${pattern}`)
  return 'x'.repeat(Math.max(minLength, 3))
}
