import { Section } from '../components/page-head.tsx'
import { spanText } from '../span-text.ts'
import type { CampaignProps } from './campaign-sections.tsx'

/** How much of the published uses of the territory's venues was in a priority district; nothing while no district is known. */
export function DistrictSection({ t, formats, facts }: CampaignProps) {
  const { district } = facts
  if (!district) return null
  const { told, toldInDistricts, venues, venuesInDistricts, partlySecret } = district
  const lines = [
    [
      t('district.uses'),
      told === 0
        ? t('district.none')
        : t('district.share', {
            share: formats.percent(toldInDistricts / told),
            count: formats.number(toldInDistricts),
            all: formats.number(told),
          }),
    ],
    [t('district.venues'), t('district.of', { count: formats.number(venuesInDistricts), all: formats.number(venues) })],
    [t('district.secret'), formats.number(partlySecret)],
  ]
  return (
    <Section
      title={t('district.title')}
      id="territoire"
      says={
        <>
          <p>
            {t('district.says', { span: spanText(district.span, { t, formats }), day: formats.day(district.frozenOn) })}
          </p>
          <p>{t('district.rule')}</p>
        </>
      }
    >
      <dl class="facts-list">
        {lines.map(([label, value]) => (
          <div>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
