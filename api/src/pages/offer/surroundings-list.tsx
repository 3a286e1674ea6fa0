import type { Surroundings } from '../../territories/surroundings.ts'
import { Tag } from '../components/states.tsx'
import type { PageProps } from '../page-props.tsx'

/** What official figures say of where a venue stands; a figure that nobody imported says so. */
export function SurroundingsList({ t, formats, about }: PageProps & { about: Surroundings }) {
  const { known, district, districtsOfCommune, ruralClass, fragility } = about
  const unknown = <span class="soft">{t('surroundings.unknown')}</span>
  const lines = [
    [
      t('surroundings.qpv'),
      district ? (
        <>
          <Tag tone="run">{t('surroundings.qpv.in')}</Tag> {district.name} <span class="code">{district.code}</span>
        </>
      ) : known.has('qpv') ? (
        t('surroundings.qpv.out', { count: formats.number(districtsOfCommune) })
      ) : (
        unknown
      ),
    ],
    [
      t('surroundings.frr'),
      ruralClass !== null
        ? t('surroundings.frr.in', { class: formats.number(ruralClass) })
        : known.has('frr')
          ? t('surroundings.frr.out')
          : unknown,
    ],
    [
      t('surroundings.fragility'),
      fragility ? t(`surroundings.fragility.${fragility.of}`, { total: formats.decimal(fragility.total) }) : unknown,
    ],
  ]
  return (
    <dl class="facts-list">
      {lines.map(([label, value]) => (
        <div>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
