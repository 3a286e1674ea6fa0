import { AppError } from '../shared/errors.ts'
import type { BankFileKind, BankMessage } from './bank-message.ts'
import { readXml, type XmlNode } from './bank-xml.ts'
import { readAccounts } from './camt.ts'
import { readStatuses } from './pain-002.ts'

const roots = {
  CstmrPmtStsRpt: 'pain.002',
  BkToCstmrStmt: 'camt.053',
  BkToCstmrDbtCdtNtfctn: 'camt.054',
} as const satisfies Record<string, BankFileKind>

/**
 * Throws `invalid`: `bank_file_unreadable`, `bank_file_has_doctype`, `bank_file_unknown` (another message), `bank_amount_unreadable`,
 * `bank_file_incomplete` (a movement without what it needs).
 */
export function readBankMessage(bytes: Uint8Array): BankMessage {
  const document = childOf(readXml(bytes), 'Document')
  const root = Object.keys(roots).find((name) => name in document) as keyof typeof roots | undefined
  if (root === undefined)
    throw new AppError('invalid', 'bank_file_unknown', 'Only pain.002, camt.053 and camt.054 are read')
  const kind = roots[root]
  const message = childOf(document, root)
  const version = versionOf(bytes, kind)
  const messageId = messageIdOf(childOf(message, 'GrpHdr'))
  if (kind === 'pain.002')
    return { kind, version, messageId, statuses: readStatuses(message), movements: [], balances: [] }
  return { kind, version, messageId, statuses: [], ...readAccounts(message, kind === 'camt.053' ? 'Stmt' : 'Ntfctn') }
}

function childOf(node: XmlNode, name: string): XmlNode {
  const [child] = node[name] ?? []
  if (child === undefined) throw new AppError('invalid', 'bank_file_unknown', `The file has no ${name}`)
  return typeof child === 'string' ? {} : child
}

const messageIdOf = (header: XmlNode): string => {
  const [id] = header.MsgId ?? []
  return typeof id === 'string' && id !== '' ? id.slice(0, 35) : 'NONREF'
}

const versionOf = (bytes: Uint8Array, kind: BankFileKind): string => {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 4_000))
  return new RegExp(`${kind.replace('.', '\\.')}\\.001\\.\\d\\d`).exec(start)?.[0] ?? kind
}
