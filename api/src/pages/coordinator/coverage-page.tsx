import type { CoverageRow } from '../../venues/coverage-queries.ts'
import { type Column, DataTable } from '../components/data-table.tsx'
import { arrange, type ListQuery } from '../components/list-query.ts'
import { PageHead, Section } from '../components/page-head.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { steps } from './coverage-map.ts'

export const coveragePath = '/coordination/territoires'

/** A territory, with how many of its venues stand in a priority district; null while no district is known. */
export type ShownCoverage = CoverageRow & { inDistricts: number | null }
type CoverageProps = PageProps & {
  rows: readonly ShownCoverage[]
  query: ListQuery
  /** Of which the EPCI are shown; all départements without one. */
  department: { code: string; name: string } | undefined
  known: ReadonlySet<'fragility' | 'qpv' | 'frr'>
}

/** Need beside offer, territory by territory: where a venue lacks. Never a ranking: those with venues come first, in the order of their codes. */
export function CoveragePage(props: CoverageProps) {
  const { t, formats, here, rows, query, department, known } = props
  const columns = columnsOf(props)
  const list = arrange(rows, query, { columns, textOf: ({ code, name }) => `${code} ${name}` })
  const title = t('coverage.title')
  const crumbs = department ? [{ href: coveragePath, label: title }, { label: department.name }] : undefined
  const search = here.includes('?') ? `?${here.split('?')[1]}` : ''
  return (
    <Layout
      {...props}
      title={department ? `${title}, ${department.name}` : title}
      audience="coordinator"
      head={
        <PageHead
          title={department?.name ?? title}
          lede={t(props.isDemo ? 'coverage.lede.demo' : 'coverage.lede')}
          {...(crumbs && { crumbs })}
        />
      }
    >
      {!department && <Country {...props} />}
      <Section title={t(department ? 'coverage.epci' : 'coverage.departments')} says={t('coverage.table.says')} isWide>
        <DataTable
          {...{ t, formats, here, columns, list, query }}
          searchLabel={t('coverage.search')}
          countSays={t('coverage.count', { count: formats.number(list.total) })}
          csvHref={`${coveragePath}.csv${search}`}
        />
      </Section>
      {known.size < 3 && (
        <div class="notices">
          <Notice title={t('coverage.missing')}>{t('coverage.missing.says')}</Notice>
        </div>
      )}
    </Layout>
  )
}

const Country = ({ t, formats }: CoverageProps) => (
  <Section title={t('coverage.map')} says={t('coverage.map.says')}>
    <figure class="coverage">
      <img src={`${coveragePath}/carte.svg`} width="740" height="585" alt={t('coverage.map.alt')} />
      <figcaption class="small soft">
        <p>
          {steps.map((from, at) => {
            const next = steps[at + 1]
            const range =
              next === undefined
                ? `${formats.number(from)} +`
                : next - 1 === from
                  ? formats.number(from)
                  : `${formats.number(from)} – ${formats.number(next - 1)}`
            return (
              <>
                <span class={`swatch swatch-${at}`} aria-hidden="true" /> {range}{' '}
              </>
            )
          })}
          {t('coverage.map.unit')}
        </p>
        <p>{t('coverage.map.credit')}</p>
      </figcaption>
    </figure>
  </Section>
)

export function columnsOf({
  t,
  formats,
  department,
  known,
}: Pick<CoverageProps, 't' | 'formats' | 'department' | 'known'>): Column<ShownCoverage>[] {
  const unknown = <span class="soft">–</span>
  return [
    {
      key: 'name',
      label: t(department ? 'coverage.epci.one' : 'coverage.department.one'),
      sortBy: ({ name }) => name,
      cell: ({ code, name }) => [
        department ? name || t('coverage.no_epci') : <a href={`${coveragePath}?departement=${code}`}>{name}</a>,
        <small class="code">{code}</small>,
      ],
    },
    {
      key: 'venues',
      label: t('coverage.venues'),
      isNumber: true,
      sortBy: ({ venues }) => venues,
      cell: ({ venues, population }) => [
        formats.number(venues),
        venues > 0 && <small>{t('coverage.each', { count: formats.number(Math.round(population / venues)) })}</small>,
      ],
    },
    {
      key: 'population',
      label: t('coverage.population'),
      isNumber: true,
      isWideOnly: true,
      sortBy: ({ population }) => population,
      cell: ({ population }) => formats.number(population),
    },
    {
      key: 'fragility',
      label: t('surroundings.fragility'),
      isNumber: true,
      sortBy: ({ fragility }) => fragility ?? -1,
      cell: ({ fragility }) => (fragility === null ? unknown : formats.decimal(fragility)),
    },
    {
      key: 'qpv',
      label: t('coverage.qpv'),
      isNumber: true,
      sortBy: ({ inDistricts }) => inDistricts ?? -1,
      cell: ({ inDistricts, districts }) =>
        known.has('qpv')
          ? [
              formats.number(inDistricts ?? 0),
              <small>{t('coverage.qpv.of', { count: formats.number(districts) })}</small>,
            ]
          : unknown,
    },
    {
      key: 'frr',
      label: t('coverage.frr'),
      isNumber: true,
      isWideOnly: true,
      sortBy: ({ ruralCommunes }) => ruralCommunes,
      cell: ({ ruralCommunes, communes }) =>
        known.has('frr')
          ? t('coverage.frr.of', { count: formats.number(ruralCommunes), all: formats.number(communes) })
          : unknown,
    },
  ]
}
