import type { AuditHead } from '../../accounts/audit-queries.ts'
import { type Sums, sumPools } from '../../treasury/pool.ts'
import type { Transparency } from '../../treasury/read-transparency.ts'
import { Answers, PageHead, Section } from '../components/page-head.tsx'
import type { Sealing } from '../components/sealing-proof.tsx'
import { EmptyState } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { hrefWith, type PageProps } from '../page-props.tsx'
import { BankStatements, Checks, History } from './transparency-checks.tsx'
import { Pools } from './transparency-pools.tsx'

type Props = PageProps & {
  facts: Transparency
  lastSealing: Sealing | undefined
  auditHead: AuditHead | undefined
}

/** Can they pay? What lies in the bank, what is owed of it, what the bank itself says, and the last check. */
export function TransparencyPage({ facts, lastSealing, auditHead, ...page }: Props) {
  const { t, formats } = page
  const { asOf, accounts } = facts
  const isBroken = (facts.lastRun?.brokenChecks.length ?? 0) > 0
  const isReconciled = accounts.every(({ last }) => last?.differenceCents === 0)
  const says = isBroken ? 'broken' : asOf === null ? 'empty' : isReconciled ? 'there' : 'books'
  return (
    <Layout
      {...page}
      title={t('nav.transparency')}
      head={
        <PageHead
          title={t(`transparency.${says}`)}
          lede={t('transparency.lede')}
          facts={asOf && t('transparency.as_of', { day: formats.day(asOf), next: formats.day(facts.nextOn) })}
        />
      }
    >
      {asOf === null ? (
        <EmptyState title={t('transparency.none')}>
          {t('transparency.none.next', { day: formats.day(facts.nextOn) })}
        </EmptyState>
      ) : (
        <>
          <Answer {...page} facts={facts} sums={sumPools(facts.pools)} />
          <Section title={t('transparency.pools')} says={t('transparency.pools.says')}>
            <Pools {...page} facts={facts} />
          </Section>
          <Section title={t('transparency.statements')} says={t('transparency.statements.says')}>
            <BankStatements {...page} facts={facts} />
          </Section>
          <Section title={t('transparency.history')} says={t('transparency.history.says')}>
            <History {...page} facts={facts} />
          </Section>
        </>
      )}
      <Checks {...page} facts={facts} />
      <Verify {...page} lastSealing={lastSealing} auditHead={auditHead} asOf={asOf} />
    </Layout>
  )
}

function Answer({ facts: { accounts }, sums, ...page }: PageProps & { facts: Transparency; sums: Sums }) {
  const { t, formats } = page
  const figure = (cents: number, of: string) => (
    <>
      <p class="big">{formats.euros(cents)}</p>
      <p class="small soft">{of}</p>
    </>
  )
  const { owedCents, issuedCents } = sums
  const owed = { owed: formats.euros(owedCents), issued: formats.euros(issuedCents) }
  return (
    <Answers
      parts={[
        { title: t('transparency.bank'), body: figure(sums.bankCents, bankSays(page, accounts)) },
        {
          title: t('transparency.owed'),
          body: figure(owedCents + issuedCents, t('transparency.owed.of', owed)),
        },
        { title: t('transparency.free'), body: figure(sums.freeCents, t('transparency.free.of')) },
      ]}
    />
  )
}

/** How far the bank's own statements bear out our books. */
function bankSays({ t, formats }: PageProps, accounts: Transparency['accounts']): string {
  const statements = accounts.flatMap(({ last }) => last ?? [])
  if (statements.some(({ differenceCents }) => differenceCents !== 0)) return t('transparency.bank.apart')
  if (statements.length < accounts.length) return t('transparency.bank.untold')
  const oldest = formats.day(statements.map(({ endsOn }) => endsOn).sort()[0]!)
  return accounts.length === 1
    ? t('transparency.bank.told', { day: oldest })
    : t('transparency.bank.told.all', { count: accounts.length, day: oldest })
}

type VerifyProps = PageProps & Pick<Props, 'lastSealing' | 'auditHead'> & { asOf: string | null }

/** What anybody may check without believing us. */
function Verify({ t, formats, here, lastSealing, auditHead, asOf }: VerifyProps) {
  return (
    <Section title={t('transparency.how')} says={t('transparency.how.says')}>
      <dl class="stack-s">
        {auditHead && (
          <div>
            <dt class="small soft">{t('transparency.how.head')}</dt>
            <dd class="code">{auditHead.hash.replace(/(.{4})(?=.)/g, '$1 ')}</dd>
          </div>
        )}
        {lastSealing && (
          <div>
            <dt class="small soft">{t('transparency.how.sealed')}</dt>
            <dd>
              {t('transparency.how.sealed.on', {
                month: formats.month(lastSealing.month),
                day: formats.day(lastSealing.sealedOn),
              })}
            </dd>
          </div>
        )}
        <div>
          <dt class="small soft">{t('transparency.how.ledger')}</dt>
          <dd>{t('transparency.how.1')}</dd>
          <dd>{t('transparency.how.2')}</dd>
        </div>
        {asOf && (
          <div class="no-print">
            <dt class="small soft">{t('transparency.files')}</dt>
            <dd>
              <a href={hrefWith(here.replace('/transparence', '/transparence.csv'), { lang: '' })}>
                {t('transparency.csv')}
              </a>
              {' · '}
              <a href="/transparence/arretes.csv">{t('transparency.csv.history')}</a>
            </dd>
          </div>
        )}
      </dl>
    </Section>
  )
}
