import type { Child } from 'hono/jsx'
import { type MessageKey, messages } from '../../shared/messages.ts'
import type { PossibleOwner } from '../../treasury/call-queries.ts'
import type { BankFile, BankLine, FileInList, Reconciliation } from '../../treasury/file-queries.ts'
import type { Receipt } from '../../treasury/order-queries.ts'
import { type Column, Table } from '../components/data-table.tsx'
import { PageHead, Section } from '../components/page-head.tsx'
import { Tag, type Tone } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'

export type BankFacts = {
  files: FileInList[]
  open: BankLine[]
  suspense: Receipt[]
  owners: PossibleOwner[]
  accounts: Reconciliation[]
}
type MayAct = { mayImport: boolean; maySettle: boolean }

const toneOf: Partial<Record<BankLine['outcome'], Tone>> = {
  ...{ booked: 'done', accepted: 'done', received: 'done', sent: 'done', fee: 'done' },
  ...{ rejected: 'stop', returned: 'stop', open: 'hold', suspense: 'hold', pending: 'run' },
}

/** What a line led to, and why, in words; a reason without a sentence is not shown. */
function Result({ line, t, formats }: PageProps & { line: BankLine }) {
  const key = `bank.why.${line.why}`
  const why = key in messages ? t(key as MessageKey) : null
  return (
    <>
      <Tag tone={toneOf[line.outcome] ?? 'plain'}>{t(`bank.outcome.${line.outcome}`)}</Tag>
      {why && <span class="small soft"> {why}</span>}
      {line.settledOn && (
        <span class="small soft">
          {' '}
          {t('bank.settled', { day: formats.day(line.settledOn), how: line.settlement ?? '' })}
        </span>
      )}
    </>
  )
}

const lineColumns = (page: PageProps): Column<BankLine>[] => {
  const { t, formats } = page
  const sign = (line: BankLine) => (line.direction === 'debit' ? '− ' : '')
  return [
    { key: 'line', label: t('bank.line'), cell: (line) => line.position },
    { key: 'day', label: t('bank.day'), cell: (line) => (line.happenedOn ? formats.day(line.happenedOn) : '') },
    {
      key: 'amount',
      label: t('bank.amount'),
      isNumber: true,
      cell: (line) => (line.amountCents === null ? '' : `${sign(line)}${formats.euros(line.amountCents)}`),
    },
    {
      key: 'reference',
      label: t('bank.reference'),
      isCode: true,
      cell: (line) => line.reference ?? line.bankReference,
    },
    {
      key: 'party',
      label: t('bank.party'),
      cell: (line) => [line.counterparty, line.remittance].filter(Boolean).join(', '),
    },
    { key: 'result', label: t('bank.result'), cell: (line) => <Result {...page} line={line} /> },
  ]
}

export function BankPage({ facts, mayImport, maySettle, ...page }: PageProps & MayAct & { facts: BankFacts }) {
  const { t, formats } = page
  return (
    <Layout
      {...page}
      title={t('bank.title')}
      audience="coordinator"
      lede={t('bank.lede')}
      tools={
        <a class="button" href="/coordination/comptes">
          {t('accounting.title')}
        </a>
      }
    >
      {mayImport && <Upload {...page} />}
      <Section title={t('bank.open')} says={t('bank.open.says')} isWide>
        {facts.open.length === 0 ? (
          <p>{t('bank.open.none')}</p>
        ) : (
          <Table rows={facts.open} columns={[...lineColumns(page), ...(maySettle ? [settleColumn(page)] : [])]} />
        )}
      </Section>
      {facts.suspense.length > 0 && (
        <Section title={t('bank.suspense')} says={t('bank.suspense.says')} isWide>
          <Suspense {...page} receipts={facts.suspense} owners={mayImport ? facts.owners : null} />
        </Section>
      )}
      <Section title={t('bank.accounts')}>
        <Table
          rows={facts.accounts}
          columns={[
            { key: 'account', label: t('bank.account'), cell: ({ name }) => name },
            { key: 'ledger', label: t('bank.ledger'), isNumber: true, cell: (row) => formats.euros(row.bankCents) },
            {
              key: 'statement',
              label: t('bank.statement'),
              isNumber: true,
              cell: ({ last }) =>
                last ? `${formats.euros(last.balanceCents)}, ${formats.day(last.endsOn)}` : t('bank.untold'),
            },
            {
              key: 'difference',
              label: t('bank.difference'),
              isNumber: true,
              cell: ({ last }) => (last ? formats.euros(last.differenceCents) : ''),
            },
          ]}
        />
      </Section>
      <Section title={t('bank.files')} isWide>
        <Table
          rows={facts.files}
          columns={[
            {
              key: 'file',
              label: t('bank.file'),
              cell: ({ id, number, kind, name }) => (
                <a href={`/coordination/banque/${id}`}>{`${number} · ${kind} · ${name}`}</a>
              ),
            },
            { key: 'imported', label: t('bank.imported'), cell: (file) => formats.day(file.importedOn) },
            { key: 'lines', label: t('bank.lines'), isNumber: true, cell: (file) => formats.number(file.lines) },
            { key: 'open', label: t('bank.open'), isNumber: true, cell: (file) => formats.number(file.open) },
          ]}
        />
      </Section>
    </Layout>
  )
}

const Upload = ({ t }: PageProps) => (
  <Section title={t('bank.upload')}>
    <form class="form no-print" method="post" action="/coordination/banque" enctype="multipart/form-data">
      <div class="field">
        <label for="file">{t('bank.upload.file')}</label>
        <input id="file" name="file" type="file" accept=".xml,application/xml,text/xml" required />
      </div>
      <button class="button button-main" type="submit">
        {t('bank.upload')}
      </button>
    </form>
  </Section>
)

const settleColumn = ({ t }: PageProps): Column<BankLine> => ({
  key: 'settle',
  label: t('bank.settle'),
  cell: ({ fileId, position }): Child => (
    <form class="stack-s" method="post" action={`/coordination/banque/${fileId}/${position}`}>
      <label>
        {t('bank.settle.how')}
        <input name="settlement" required minlength={3} maxlength={500} />
      </label>
      <label>
        <input type="checkbox" name="isPosted" value="1" /> {t('bank.settle.posted')}
      </label>
      <button class="button" type="submit">
        {t('bank.settle')}
      </button>
    </form>
  ),
})

type SuspenseProps = PageProps & { receipts: readonly Receipt[]; owners: readonly PossibleOwner[] | null }

const Suspense = ({ receipts, owners, ...page }: SuspenseProps) => (
  <Table
    rows={receipts}
    columns={[
      { key: 'day', label: page.t('bank.day'), cell: (row) => page.formats.day(row.bookedOn) },
      {
        key: 'amount',
        label: page.t('bank.amount'),
        isNumber: true,
        cell: (row) => page.formats.euros(row.amountCents),
      },
      { key: 'reference', label: page.t('bank.reference'), isCode: true, cell: (row) => row.bankReference },
      {
        key: 'party',
        label: page.t('bank.party'),
        cell: (row) => [row.payer, row.remittance].filter(Boolean).join(', '),
      },
      ...(owners ? [attributeColumn(page, owners)] : []),
    ]}
  />
)

const attributeColumn = ({ t, formats }: PageProps, owners: readonly PossibleOwner[]): Column<Receipt> => ({
  key: 'owner',
  label: t('bank.attribute'),
  cell: ({ id, payingAccountId }): Child => (
    <form class="stack-s no-print" method="post" action={`/coordination/banque/recu/${id}`}>
      <label>
        {t('bank.attribute.whose')}
        <select name="owner" required>
          <option value="">{t('bank.attribute.choose')}</option>
          {owners
            .filter((owner) => owner.payingAccountId === payingAccountId)
            .map(({ campaignId, campaign, funderId, funder, call }) =>
              call ? (
                <option value={`call.${call.id}`}>
                  {funder},{' '}
                  {t('bank.attribute.call', { reference: call.reference, rest: formats.euros(call.restCents) })}
                </option>
              ) : (
                <option value={`funder.${campaignId}.${funderId}`}>
                  {funder}, {campaign}
                </option>
              ),
            )}
          <option value="reserve">{t('bank.attribute.reserve')}</option>
        </select>
      </label>
      <button class="button" type="submit">
        {t('bank.attribute')}
      </button>
    </form>
  ),
})

/** The report of one file: every line of it. */
export const BankFilePage = ({ file, lines, ...page }: PageProps & { file: BankFile; lines: BankLine[] }) => (
  <Layout
    {...page}
    title={file.name}
    audience="coordinator"
    head={
      <PageHead
        title={`${file.kind} ${file.messageId}`}
        lede={`${file.name}, ${page.formats.day(file.importedOn)}`}
        crumbs={[{ href: '/coordination/banque', label: page.t('bank.title') }, { label: file.messageId }]}
      />
    }
  >
    <Section title={page.t('bank.lines')} isWide>
      <Table rows={lines} columns={lineColumns(page)} />
    </Section>
  </Layout>
)
