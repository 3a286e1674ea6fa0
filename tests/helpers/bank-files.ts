/** Files as banks write them, in whatever version. Amounts in cents. */
const euros = (cents: number) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

export type TestMovement = {
  direction: 'CRDT' | 'DBIT'
  cents: number
  reference?: string
  endToEndId?: string
  paymentInfoId?: string
  text?: string
  returned?: string
  family?: string
  day?: string
  status?: string
}

let serial = 0
const bytes = (text: string) => new TextEncoder().encode(text)
export const accountOfWorld = 'FR7630006000011234567890189'

function entry(movement: TestMovement, version: string): string {
  const {
    direction,
    cents,
    reference,
    endToEndId,
    paymentInfoId,
    text,
    returned,
    family,
    day = '2026-03-10',
  } = movement
  const status = movement.status ?? 'BOOK'
  const detail =
    endToEndId || text || returned
      ? `<TxDtls><Refs>${reference ? `<AcctSvcrRef>${reference}</AcctSvcrRef>` : ''}${endToEndId ? `<EndToEndId>${endToEndId}</EndToEndId>` : ''}</Refs>
         <Amt Ccy="EUR">${euros(cents)}</Amt>
         ${text ? `<RmtInf><Ustrd>${escaped(text)}</Ustrd></RmtInf>` : ''}
         ${returned ? `<RtrInf><Rsn><Cd>${returned}</Cd></Rsn></RtrInf>` : ''}</TxDtls>`
      : ''
  return `<Ntry><Amt Ccy="EUR">${euros(cents)}</Amt><CdtDbtInd>${direction}</CdtDbtInd>
    <Sts>${version === '02' ? status : `<Cd>${status}</Cd>`}</Sts><BookgDt><Dt>${day}</Dt></BookgDt>
    ${reference ? `<AcctSvcrRef>${reference}</AcctSvcrRef>` : ''}
    <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>${family ?? 'ESCT'}</SubFmlyCd></Fmly></Domn></BkTxCd>
    <NtryDtls>${paymentInfoId ? `<Btch><PmtInfId>${paymentInfoId}</PmtInfId></Btch>` : ''}${detail}</NtryDtls></Ntry>`
}

/** A camt.054, or a camt.053 when a closing balance is given. */
export function camt(
  movements: readonly TestMovement[],
  { closing, version = '08', iban = accountOfWorld }: { closing?: number; version?: string; iban?: string } = {},
): Uint8Array {
  const kind = closing === undefined ? '054' : '053'
  const [root, element] = kind === '053' ? ['BkToCstmrStmt', 'Stmt'] : ['BkToCstmrDbtCdtNtfctn', 'Ntfctn']
  const balance =
    closing === undefined
      ? ''
      : `<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${euros(Math.abs(closing))}</Amt>
         <CdtDbtInd>${closing < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd><Dt><Dt>2026-03-10</Dt></Dt></Bal>`
  return bytes(`<?xml version="1.0" encoding="UTF-8"?>
<c:Document xmlns:c="urn:iso:std:iso:20022:tech:xsd:camt.${kind}.001.${version}">${`<${root}><GrpHdr><MsgId>M${++serial}</MsgId></GrpHdr>
<${element}><Id>${serial}</Id><Acct><Id><IBAN>${iban}</IBAN></Id></Acct>${balance}
${movements.map((movement) => entry(movement, version)).join('\n')}</${element}></${root}>`.replace(
    /<(\/?)(?=[A-Z])/g,
    '<$1c:',
  )}</c:Document>`)
}

type TestStatus = { endToEndId: string; status: string; reason?: string }

/** A pain.002 with answers to single payments, and to the whole message when `group` is given. */
export function pain002(
  messageId: string,
  statuses: readonly TestStatus[],
  { group, version = '10' }: { group?: string; version?: string } = {},
): Uint8Array {
  const answers = statuses.map(
    ({ endToEndId, status, reason }) =>
      `<TxInfAndSts><OrgnlEndToEndId>${endToEndId}</OrgnlEndToEndId><TxSts>${status}</TxSts>${reason ? `<StsRsnInf><Rsn><Cd>${reason}</Cd></Rsn></StsRsnInf>` : ''}</TxInfAndSts>`,
  )
  const payments =
    answers.length > 0
      ? `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${messageId}-1</OrgnlPmtInfId>${answers.join('')}</OrgnlPmtInfAndSts>`
      : ''
  return bytes(`<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.${version}"><CstmrPmtStsRpt>
<GrpHdr><MsgId>P${++serial}</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>${messageId}</OrgnlMsgId>${group ? `<GrpSts>${group}</GrpSts>` : ''}</OrgnlGrpInfAndSts>
${payments}</CstmrPmtStsRpt></Document>`)
}
