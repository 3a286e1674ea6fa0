import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { AppError } from '../shared/errors.ts'
import { type Cents, cents } from '../shared/money.ts'

/*
 * A bank's file as a tree of texts. Entities are never expanded and a document type is refused, so that no file can read another or
 * grow in memory; names lose their prefix, and nothing is taken for a number.
 */

/** Children by name; text without children is a string. Attributes begin with `@`. */
export type XmlNode = { [name: string]: XmlValue[] }
export type XmlValue = string | XmlNode

const deepest = 40
const encodings = new Set(['utf-8', 'iso-8859-1', 'iso-8859-15', 'windows-1252', 'us-ascii'])

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: deepest,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
})

const unreadable = (message: string) => new AppError('invalid', 'bank_file_unreadable', message)

/** The root element. Throws `invalid` `bank_file_unreadable`, `bank_file_has_doctype`. */
export function readXml(bytes: Uint8Array): XmlNode {
  const text = decode(bytes)
  if (/<!(DOCTYPE|ENTITY)/i.test(text))
    throw new AppError('invalid', 'bank_file_has_doctype', 'A bank file has no document type definition')
  if (text.includes('\0') || XMLValidator.validate(text) !== true) throw unreadable('This is not well-formed XML')
  try {
    const tree: unknown = parser.parse(text)
    return tree as XmlNode
  } catch {
    throw unreadable('This XML is nested too deeply')
  }
}

function decode(bytes: Uint8Array): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const encoding = /^[^<]*<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(start)?.[1]?.toLowerCase() ?? 'utf-8'
  if (!encodings.has(encoding)) throw unreadable('The encoding of the file is not known')
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes).replace(/^\uFEFF/, '')
  } catch {
    throw unreadable('The file is not in the encoding it names')
  }
}

/** All elements at the end of a path: `nodesAt(entry, 'NtryDtls', 'TxDtls')`. */
export function nodesAt(node: XmlNode, ...path: string[]): XmlNode[] {
  let found = [node]
  for (const name of path)
    found = found.flatMap((one) => (one[name] ?? []).filter((child): child is XmlNode => typeof child !== 'string'))
  return found
}

/** The first text at the end of a path, null when there is none. */
export function textAt(node: XmlNode | undefined, ...path: string[]): string | null {
  if (!node) return null
  const [text] = textsAt(node, ...path)
  return text ?? null
}

export function textsAt(node: XmlNode, ...path: string[]): string[] {
  const name = path.at(-1)!
  return nodesAt(node, ...path.slice(0, -1))
    .flatMap((parent) => parent[name] ?? [])
    .map((child) => plainText(typeof child === 'string' ? child : textOf(child)).trim())
    .filter((text) => text !== '')
}

/** An element with attributes keeps its own text apart. */
const textOf = (node: XmlNode): string => {
  const own: unknown = node['#text']
  return typeof own === 'string' ? own : Array.isArray(own) ? own.join('') : ''
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The five names of XML and numbers: whatever else begins with `&` stays as it is. */
function plainText(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, decimal, hex, name) => {
    if (name) return named[name.toLowerCase()] ?? whole
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : ' '
  })
}

/** `123.45` of euros in whole cents. Throws `invalid` `bank_amount_unreadable` (another currency, parts of a cent). */
export function amountAt(node: XmlNode, ...path: string[]): Cents | null {
  const name = path.at(-1)!
  const [amount] = nodesAt(node, ...path.slice(0, -1)).flatMap((parent) => parent[name] ?? [])
  if (amount === undefined) return null
  const text = typeof amount === 'string' ? amount : textOf(amount)
  const currency: unknown = typeof amount === 'string' ? 'EUR' : amount['@Ccy']
  const [, euros, fraction = ''] = /^\s*(\d{1,13})(?:\.(\d{1,5}))?\s*$/.exec(text) ?? []
  const cent = fraction.padEnd(2, '0')
  if (euros === undefined || String(currency ?? 'EUR') !== 'EUR' || !/^\d\d0*$/.test(cent))
    throw new AppError('invalid', 'bank_amount_unreadable', 'An amount of the file is not in whole cents of euros')
  return cents(Number(euros) * 100 + Number(cent.slice(0, 2)))
}
