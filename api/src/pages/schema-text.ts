/** As much of JSON Schema as the document uses. */
export type Schema = {
  $ref?: string
  type?: string | readonly string[]
  format?: string
  enum?: readonly unknown[]
  const?: unknown
  items?: Schema
  properties?: Record<string, Schema>
  required?: readonly string[]
  additionalProperties?: boolean | Schema
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
  allOf?: readonly Schema[]
  description?: string
}

/** A schema in one line, as a programmer would say it: `{ name: string, siret?: string | null }`. A reference is its name. */
export function describeSchema(schema: Schema): string {
  if (schema.$ref) return nameOf(schema.$ref)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return choices.map(describeSchema).join(' | ')
  if (schema.allOf) return schema.allOf.map(describeSchema).join(' & ')
  const types = schema.type === undefined ? ['any'] : [schema.type].flat()
  return types.map((type) => describeType(type, schema)).join(' | ')
}

const nameOf = (reference: string) => reference.slice(reference.lastIndexOf('/') + 1)

function describeType(type: string, schema: Schema): string {
  if (type === 'array') return schema.items ? `[${describeSchema(schema.items)}, …]` : '[…]'
  if (type !== 'object') return schema.format && type === 'string' ? schema.format : type
  const fields = Object.entries(schema.properties ?? {}).map(
    ([name, field]) => `${name}${schema.required?.includes(name) ? '' : '?'}: ${describeSchema(field)}`,
  )
  const isOpen = typeof schema.additionalProperties === 'object'
  const others = isOpen ? [`[name]: ${describeSchema(schema.additionalProperties as Schema)}`] : []
  return `{ ${[...fields, ...others].join(', ')} }`
}
