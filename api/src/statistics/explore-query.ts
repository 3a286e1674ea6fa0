/**
 * Questions in the manner of the Explore API 2.1, the part of it that chooses rows: `select`, `where` (comparisons joined by
 * `and`), `refine`, `order_by`, `limit`, `offset`. Nothing that adds up or groups. Pure.
 */
import { AppError } from '../shared/errors.ts'
import type { Dataset, FieldType } from './dataset.ts'

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like'
export type Condition =
  | { field: string; operator: Operator; value: string | number }
  | { field: string; operator: 'in'; values: (string | number)[] }
  | { field: string; operator: 'null'; isNot: boolean }
export type ExploreQuery = {
  fields: string[]
  conditions: Condition[]
  order: { field: string; isDescending: boolean }[]
  limit: number
  offset: number
}
export type ExploreParams = Partial<
  Record<'select' | 'where' | 'group_by' | 'order_by' | 'limit' | 'offset', string>
> & {
  refine?: readonly string[]
}

const mostRecords = 100
/** Beyond, take an export. */
const farthest = 10_000
const mostConditions = 20

const refuse = (detail: string) => new AppError('invalid', 'invalid_request', detail)

/** Throws `invalid` `invalid_request`. */
export function readExploreQuery(dataset: Dataset, params: ExploreParams): ExploreQuery {
  const known = Object.keys(dataset.fields)
  const fieldNamed = (name: string) => {
    const field = known.find((one) => one === name.trim())
    if (!field) throw refuse(`No such field: ${name.trim().slice(0, 50)}. There are: ${known.join(', ')}`)
    return field
  }
  if (params.group_by !== undefined)
    throw refuse(
      'group_by: some counts are secret, and a sum without them would be taken for the whole. Take an export',
    )
  const limit = wholeNumber('limit', params.limit ?? '10')
  const offset = wholeNumber('offset', params.offset ?? '0')
  if (limit > mostRecords || offset + limit > farthest)
    throw refuse(`limit is at most ${mostRecords}, offset + limit at most ${farthest}: exports have no limit`)
  const wanted = new Set(
    listOf(params.select)
      .filter((name) => name !== '*')
      .map(fieldNamed),
  )
  const conditions = [...whereOf(params.where, fieldNamed), ...(params.refine ?? []).map(refinement(fieldNamed))]
  if (conditions.length > mostConditions) throw refuse(`At most ${mostConditions} conditions`)
  return {
    fields: wanted.size > 0 ? [...wanted] : known,
    conditions: conditions.map((condition) => typed(dataset, condition)),
    order: orderOf(params.order_by, fieldNamed),
    ...{ limit, offset },
  }
}

const listOf = (text = '') =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw refuse(`${name}: a whole number`)
  return Number(text)
}

type Named = (name: string) => string

/** By each field once, as it is named first: a second time it says nothing. */
function orderOf(text: string | undefined, fieldNamed: Named): ExploreQuery['order'] {
  const order = new Map<string, boolean>()
  for (const part of listOf(text)) {
    const [, name = '', direction] = /^(\w+)(?:\s+(asc|desc))?$/i.exec(part) ?? []
    const field = fieldNamed(name || part)
    if (!order.has(field)) order.set(field, direction?.toLowerCase() === 'desc')
  }
  return [...order].map(([field, isDescending]) => ({ field, isDescending }))
}

/** `field:value`, the value with or without quotation marks. */
const refinement =
  (fieldNamed: Named) =>
  (text: string): Condition => {
    const [, name = '', value = ''] = /^(\w+):"?([^"]*)"?$/.exec(text) ?? []
    return { field: fieldNamed(name || text), operator: '=', value }
  }

const token = /\s*(?:date(?=["']))?("[^"]*"|'[^']*'|[<>!]=|[=<>(),]|[\w.-]+)/gy

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  token.lastIndex = 0
  for (let at = 0; at < text.trimEnd().length; at = token.lastIndex) {
    token.lastIndex = at
    const found = token.exec(text)
    if (!found) throw refuse(`where: cannot be read from ${text.slice(at, at + 30)}`)
    tokens.push(found[1]!)
  }
  return tokens
}

const literalOf = (text: string | undefined): string => {
  if (text === undefined || /^[=<>(),]/.test(text)) throw refuse('where: a value is missing')
  return text.replace(/^(["'])(.*)\1$/s, '$2')
}

const isWord = (text: string | undefined, word: string) => text?.toLowerCase() === word

function whereOf(text: string | undefined, fieldNamed: Named): Condition[] {
  const tokens = tokensOf(text ?? '')
  const conditions: Condition[] = []
  while (tokens.length > 0) {
    conditions.push(nextCondition(tokens, fieldNamed))
    if (tokens.length === 0) break
    if (!isWord(tokens.shift(), 'and')) throw refuse('where: conditions are joined by "and" alone')
    if (tokens.length === 0) throw refuse('where: a condition is missing')
  }
  return conditions
}

/** Takes the tokens of one condition from the beginning of the list. */
function nextCondition(tokens: string[], fieldNamed: Named): Condition {
  const field = fieldNamed(tokens.shift()!)
  const operator = tokens.shift()?.toLowerCase() ?? ''
  if (operator === 'is') {
    const isNot = isWord(tokens[0], 'not') && Boolean(tokens.shift())
    if (!isWord(tokens.shift(), 'null')) throw refuse('where: "is null" or "is not null"')
    return { field, operator: 'null', isNot }
  }
  if (operator === 'in') {
    const end = tokens.indexOf(')')
    if (tokens[0] !== '(' || end < 0) throw refuse('where: in ("a", "b")')
    const values = tokens.splice(0, end + 1).filter((part) => !/^[(),]$/.test(part))
    return { field, operator: 'in', values: values.map(literalOf) }
  }
  if (!/^(=|!=|<=?|>=?|like)$/.test(operator)) throw refuse(`where: no such comparison: ${operator.slice(0, 20)}`)
  return { field, operator: operator as Operator, value: literalOf(tokens.shift()) }
}

const numbers: Partial<Record<FieldType, RegExp>> = { int: /^-?\d{1,9}$/, double: /^-?\d{1,9}(\.\d{1,20})?$/ }

/** Numbers are compared with numbers. */
function typed(dataset: Dataset, condition: Condition): Condition {
  const isNumber = numbers[dataset.fields[condition.field]!]
  if (!isNumber) return condition
  const numberOf = (value: string | number) => {
    if (!isNumber.test(String(value))) throw refuse(`${condition.field} is a number`)
    return Number(value)
  }
  if (condition.operator === 'null') return condition
  if (condition.operator === 'in') return { ...condition, values: condition.values.map(numberOf) }
  if (condition.operator === 'like') throw refuse('like is for texts')
  return { ...condition, value: numberOf(condition.value) }
}
