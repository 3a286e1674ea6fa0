import type { Day, Month } from '../../shared/days.ts'
import type { PageProps } from '../page-props.tsx'

export type Sealing = { month: Month; sealedOn: Day; auditHash: string | null }

/** Which month was sealed, when, and the hash of the audit line that tells of it. */
export function SealingProof({ t, formats, sealing }: Pick<PageProps, 't' | 'formats'> & { sealing: Sealing }) {
  return (
    <dl class="figures sealing">
      <div class="figure">
        <dt>{t('privacy.sealed.month')}</dt>
        <dd class="value">{formats.month(sealing.month)}</dd>
      </div>
      <div class="figure">
        <dt>{t('privacy.sealed.on')}</dt>
        <dd class="value">{formats.day(sealing.sealedOn)}</dd>
      </div>
      {sealing.auditHash && (
        <div class="figure hash">
          <dt>{t('privacy.sealed.hash')}</dt>
          <dd class="code">{sealing.auditHash}</dd>
        </div>
      )}
    </dl>
  )
}
