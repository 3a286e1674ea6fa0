import type { StatementView } from '../../payouts/read-statements.ts'
import { netCents } from '../../payouts/statement.ts'
import { maskedIban } from '../../venues/bank-account.ts'
import type { BankAccount } from '../../venues/payee-queries.ts'
import type { Organisation } from '../../venues/queries.ts'
import { Table } from '../components/data-table.tsx'
import { Figures } from '../components/figures.tsx'
import { PageHead, Section } from '../components/page-head.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { StatementTag, statementHref, statementName } from './statement-words.tsx'

type StatementProps = PageProps & {
  statement: StatementView
  organisation: Organisation
  account: BankAccount | undefined
}

/** What one organisation earned in one month, and what is left to pay of it. */
export function StatementPage({ statement, organisation, account, ...page }: StatementProps) {
  const { t } = page
  return (
    <Layout
      {...page}
      title={statementName({ t }, statement)}
      audience="venue"
      tenant={organisation.legalName}
      head={<Head {...page} statement={statement} organisation={organisation} account={account} />}
    >
      <Totals {...page} statement={statement} />
      <Lines {...page} statement={statement} />
      {statement.adjustments.length > 0 && <Adjustments {...page} statement={statement} />}
      <Section title={t('statement.paid_to')}>
        <div class="prose">
          <p>
            <b>{organisation.legalName}</b>
            {organisation.siret && (
              <>
                <br />
                {t('statement.siret')} <span class="code">{organisation.siret}</span>
              </>
            )}
            {account && (
              <>
                <br />
                {account.holderName}, <span class="code">{maskedIban(account.iban)}</span>
              </>
            )}
          </p>
          <p class="soft">{t('statement.no_fee')}</p>
        </div>
      </Section>
    </Layout>
  )
}

function Head({ t, formats, statement }: StatementProps) {
  const name = statementName({ t }, statement)
  return (
    <PageHead
      title={t('statement.of', { of_month: formats.ofMonth(statement.month) })}
      crumbs={[
        { href: '/lieu', label: t('nav.venue') },
        { href: '/lieu/bordereaux', label: t('nav.statements') },
        { label: name },
      ]}
      facts={
        <>
          <StatementTag t={t} statement={statement} />
          {statement.number !== null && <span>{name}</span>}
          {statement.frozenOn && <span>{t('statement.frozen_on', { day: formats.day(statement.frozenOn) })}</span>}
          <span>{t('statement.payable_on', { day: formats.day(statement.payableOn) })}</span>
        </>
      }
      tools={
        statement.number !== null && (
          <>
            <a class="button" href={statementHref(statement, 'pdf')}>
              {t('statement.print')}
            </a>
            <a class="button" href={statementHref(statement, 'csv')}>
              {t('statement.csv')}
            </a>
          </>
        )
      }
    />
  )
}

type PartProps = PageProps & { statement: StatementView }

function Totals({ t, formats, statement }: PartProps) {
  const { nettedCents, adjustedCents, totalCents, voucherCount } = statement
  const less = (amount: number) => `−${formats.euros(amount)}`
  return (
    <section class="section section-wide">
      <Figures
        items={[
          {
            label: t(statement.state === 'paid' ? 'statement.net.paid' : 'statement.net'),
            value: formats.euros(netCents(statement)),
            of: t('statement.payable_on', { day: formats.day(statement.payableOn) }),
          },
          {
            label: t('statement.earned'),
            value: formats.euros(totalCents),
            of: `${formats.number(voucherCount)} ${t('statement.vouchers').toLowerCase()}`,
          },
          ...(nettedCents > 0 ? [{ label: t('statement.netted'), value: less(nettedCents), of: '' }] : []),
          ...(adjustedCents > 0 ? [{ label: t('statement.adjusted'), value: less(adjustedCents), of: '' }] : []),
        ]}
      />
    </section>
  )
}

function Lines({ t, formats, statement }: PartProps) {
  return (
    <Section title={t('statement.lines')} says={t('statement.lines.says')}>
      {statement.lines.length === 0 ? (
        <p class="soft">{t('statement.lines.none')}</p>
      ) : (
        <Table
          rows={statement.lines}
          columns={[
            { key: 'venue', label: t('statement.venue'), cell: ({ venue }) => venue },
            { key: 'campaign', label: t('statement.campaign'), cell: ({ campaign }) => campaign },
            {
              key: 'count',
              label: t('statement.vouchers'),
              isNumber: true,
              cell: ({ voucherCount }) => formats.number(voucherCount),
            },
            {
              key: 'amount',
              label: t('statement.amount'),
              isNumber: true,
              cell: ({ amountCents }) => formats.euros(amountCents),
            },
          ]}
          foot={
            <tr>
              <th scope="row">{t('statement.total')}</th>
              <td />
              <td class="n" data-th={t('statement.vouchers')}>
                {formats.number(statement.voucherCount)}
              </td>
              <td class="n" data-th={t('statement.amount')}>
                {formats.euros(statement.totalCents)}
              </td>
            </tr>
          }
        />
      )}
    </Section>
  )
}

function Adjustments({ t, formats, statement }: PartProps) {
  return (
    <Section title={t('statement.adjustments')} says={t('statement.adjustments.says')}>
      <Table
        rows={statement.adjustments}
        columns={[
          { key: 'venue', label: t('statement.venue'), cell: ({ venue }) => venue },
          { key: 'campaign', label: t('statement.campaign'), cell: ({ campaign }) => campaign },
          { key: 'on', label: t('statement.decided_on'), cell: ({ decidedOn }) => formats.day(decidedOn) },
          {
            key: 'count',
            label: t('statement.vouchers'),
            isNumber: true,
            cell: ({ voucherCount }) => formats.number(voucherCount),
          },
          {
            key: 'amount',
            label: t('statement.amount'),
            isNumber: true,
            cell: ({ amountCents }) => `−${formats.euros(amountCents)}`,
          },
        ]}
      />
    </Section>
  )
}
