import type { BankStatus } from './bank-message.ts'
import { amountAt, nodesAt, textAt, textsAt, type XmlNode } from './bank-xml.ts'

/** The answers of a pain.002, from the message down to each payment. */
export function readStatuses(message: XmlNode): BankStatus[] {
  const [group] = nodesAt(message, 'OrgnlGrpInfAndSts')
  const messageId = textAt(group, 'OrgnlMsgId')
  const own = { messageId, paymentInfoId: null, endToEndId: null, amountCents: null }
  const groupStatus = textAt(group, 'GrpSts')
  const payments = nodesAt(message, 'OrgnlPmtInfAndSts')
  return [
    // In old versions single payments stand in the message itself.
    ...(group && groupStatus ? [{ ...own, status: groupStatus, reason: reasonOf(group) }] : []),
    ...nodesAt(message, 'TxInfAndSts').flatMap((one) => statusOfPayment(one, messageId, null)),
    ...payments.flatMap((payment) => statusesOf(payment, messageId)),
  ]
}

function statusesOf(payment: XmlNode, messageId: string | null): BankStatus[] {
  const paymentInfoId = textAt(payment, 'OrgnlPmtInfId')
  const status = textAt(payment, 'PmtInfSts')
  return [
    ...(status
      ? [{ messageId, paymentInfoId, endToEndId: null, amountCents: null, status, reason: reasonOf(payment) }]
      : []),
    ...nodesAt(payment, 'TxInfAndSts').flatMap((one) => statusOfPayment(one, messageId, paymentInfoId)),
  ]
}

function statusOfPayment(one: XmlNode, messageId: string | null, paymentInfoId: string | null): BankStatus[] {
  const status = textAt(one, 'TxSts')
  if (status === null) return []
  const endToEndId = textAt(one, 'OrgnlEndToEndId')
  const amountCents = amountAt(one, 'OrgnlTxRef', 'Amt', 'InstdAmt')
  return [{ messageId, paymentInfoId, endToEndId, amountCents, status, reason: reasonOf(one) }]
}

/** `AC04 Account closed`, as the bank writes it. */
export function reasonOf(node: XmlNode, element = 'StsRsnInf'): string {
  const parts = [
    ...textsAt(node, element, 'Rsn', 'Cd'),
    ...textsAt(node, element, 'Rsn', 'Prtry'),
    ...textsAt(node, element, 'AddtlInf'),
  ]
  return parts.join(' ').slice(0, 200)
}
