import { factsOf } from '../../statistics/release.ts'
import type { Series } from '../../statistics/series-queries.ts'
import { type Column, Table } from '../components/data-table.tsx'
import { SuppressedCell } from '../components/states.tsx'
import { hrefWith } from '../page-props.tsx'
import { spanText } from '../span-text.ts'
import type { DatasetProps } from './dataset-page.tsx'

export const seriesOnPage = 12

const spansShown = 5

/** What a series is called: its place, with its subject where the table has subjects. */
export const seriesName = (
  { t, dataset }: Pick<DatasetProps, 't' | 'dataset'>,
  { placeName, subject, subjectName }: Series,
): string => {
  if (dataset.sumsOver || !factsOf(dataset.table).hasSubject) return placeName
  return `${placeName}, ${subject === '*' ? t('data.subject.all') : (subjectName ?? subject)}`
}

/** The newest spans of each series; all of them are in the files. */
export function SeriesTable(props: DatasetProps) {
  const { t, formats, dataset, series, spans, threshold, total, pageNumber, here } = props
  const { isTerritory } = factsOf(dataset.table)
  const columns: Column<Series>[] = [
    { key: 'place', label: t(`data.level.${dataset.slug}`), cell: (one) => seriesName(props, one) },
    {
      key: 'code',
      label: t('data.code'),
      isCode: true,
      isWideOnly: true,
      cell: ({ place, subject }) =>
        [place.length < 12 ? place : '', subject === '*' ? '' : subject].filter(Boolean).join(' '),
    },
    ...spans.slice(-spansShown).map(
      (span): Column<Series> => ({
        key: span,
        label: spanText(span, props),
        isNumber: true,
        cell: ({ values }) => {
          const value = values[span]
          if (value === undefined) return <span class="soft">–</span>
          return value === null ? (
            <SuppressedCell t={t} threshold={threshold} isTerritory={isTerritory} />
          ) : (
            formats.number(value)
          )
        },
      }),
    ),
  ]
  const pages = Math.ceil(total / seriesOnPage)
  return (
    <div>
      <Table rows={series} columns={columns} />
      <div class="under no-print">
        {pageNumber > 1 && <a href={hrefWith(here, { page: pageNumber - 1 })}>{t('list.previous')}</a>}
        {pageNumber < pages && <a href={hrefWith(here, { page: pageNumber + 1 })}>{t('list.next')}</a>}
        <span class="soft">{t('data.series.sums')}</span>
      </div>
    </div>
  )
}
