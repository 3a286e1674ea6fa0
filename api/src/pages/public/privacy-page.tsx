import type { AuditHead } from '../../accounts/audit-queries.ts'
import type { Period } from '../../periods/period.ts'
import type { MessageKey } from '../../shared/messages.ts'
import { Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import { type Sealing, SealingProof } from '../components/sealing-proof.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'

type PrivacyProps = PageProps & { lastSealing: Sealing | undefined; auditHead: AuditHead | undefined }

const kept = [
  ...(['use', 'count', 'statement', 'spent', 'answer', 'contest', 'handout', 'stop', 'phone'] as const),
  ...(['bank', 'staff', 'session', 'mail', 'journal', 'asking', 'copy', 'cookie'] as const),
]

/** The latest sealing, with the hash of the audit line that tells of it. */
export function lastSealingOf(periods: readonly Period[]): Sealing | undefined {
  const [last] = periods
    .flatMap(({ month, sealedOn, sealedAuditHash }) =>
      sealedOn === null
        ? []
        : [{ month, sealedOn, auditHash: sealedAuditHash && Buffer.from(sealedAuditHash).toString('hex') }],
    )
    .sort((a, b) => (a.sealedOn < b.sealedOn ? 1 : -1))
  return last
}

/** The promise in plain words: what is kept, for how long, how, and where it ends. */
export function PrivacyPage({ lastSealing, auditHead, ...page }: PrivacyProps) {
  const { t } = page
  return (
    <Layout {...page} title={t('nav.privacy')} lede={t('privacy.lede')}>
      <Section title={t('privacy.never')}>
        <Sentences t={t} keys={['privacy.never.1', 'privacy.never.2', 'privacy.never.3']} />
      </Section>
      <Section title={t('privacy.kept')}>
        <Table
          rows={kept}
          columns={[
            { key: 'what', label: t('privacy.kept.what'), cell: (key) => t(`privacy.kept.${key}`) },
            { key: 'why', label: t('privacy.kept.why'), cell: (key) => t(`privacy.kept.${key}.why`) },
            { key: 'until', label: t('privacy.kept.until'), cell: (key) => t(`privacy.kept.${key}.until`) },
          ]}
        />
      </Section>
      <Section title={t('privacy.how')}>
        <Sentences t={t} keys={['privacy.how.1', 'privacy.how.2', 'privacy.how.3']} />
      </Section>
      <Section title={t('privacy.sealed')} says={t('privacy.sealed.says')}>
        {lastSealing ? (
          <SealingProof {...page} sealing={lastSealing} />
        ) : (
          <Notice title={t('privacy.sealed.none')}>{t('privacy.sealed.none.next')}</Notice>
        )}
      </Section>
      <Section title={t('privacy.limits')} says={t('privacy.limits.says')}>
        <Sentences t={t} keys={[1, 2, 3, 4, 5, 6, 7].map((number) => `privacy.limits.${number}` as MessageKey)} />
      </Section>
      <Section title={t('privacy.rights')}>
        <Sentences t={t} keys={['privacy.rights.1', 'privacy.rights.2', 'privacy.rights.3']} />
      </Section>
      <Section title={t('privacy.log')} says={t('privacy.log.says')}>
        {auditHead ? (
          <Head {...page} head={auditHead} />
        ) : (
          <Notice title={t('privacy.log.none')}>{t('privacy.log.none.next')}</Notice>
        )}
      </Section>
    </Layout>
  )
}

const Sentences = ({ t, keys }: Pick<PageProps, 't'> & { keys: readonly MessageKey[] }) => (
  <div class="prose">
    <ul>
      {keys.map((key) => (
        <li>{t(key)}</li>
      ))}
    </ul>
  </div>
)

function Head({ t, formats, head }: PageProps & { head: AuditHead }) {
  return (
    <dl class="figures sealing">
      <div class="figure">
        <dt>{t('privacy.log.seq')}</dt>
        <dd class="value">{formats.number(head.seq)}</dd>
      </div>
      <div class="figure">
        <dt>{t('privacy.log.on')}</dt>
        <dd class="value">{formats.day(head.on)}</dd>
      </div>
      <div class="figure hash">
        <dt>{t('privacy.log.hash')}</dt>
        <dd class="code">{head.hash}</dd>
      </div>
    </dl>
  )
}
