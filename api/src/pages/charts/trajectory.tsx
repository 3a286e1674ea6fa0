import type { Child } from 'hono/jsx'
import { Table } from '../components/data-table.tsx'
import type { PageProps } from '../page-props.tsx'
import { drawingWidth, drawTrajectory, type TrajectoryData } from './trajectory-drawing.ts'

type TrajectoryProps = Pick<PageProps, 't' | 'formats'> & {
  data: TrajectoryData
  /** The conclusion in one sentence: what a person who does not see the picture hears. */
  says: string
  csvHref?: string
  links?: Child
}

/** What was used month by month and in all, against what was wanted. Context stands on the time axis, where it happened. */
export function Trajectory({ t, formats, data, says, csvHref, links }: TrajectoryProps) {
  return (
    <figure class="chart">
      <Keys t={t} data={data} />
      <Drawing t={t} formats={formats} data={data} says={says} />
      {data.events.length > 0 && <Events formats={formats} events={data.events} />}
      <div class="under">
        {csvHref && <a href={csvHref}>CSV</a>}
        {links}
        <details class="data">
          <summary>{t('chart.table')}</summary>
          <TrajectoryTable t={t} formats={formats} data={data} />
        </details>
      </div>
    </figure>
  )
}

function Keys({ t, data }: Pick<TrajectoryProps, 't' | 'data'>) {
  const line = (name: string) => (
    <svg width="26" height="12" aria-hidden="true">
      <path d="M0 6h26" class={name} />
    </svg>
  )
  return (
    <ul class="keys" aria-hidden="true">
      <li>
        {line('actual')}
        {t('chart.actual')}
      </li>
      {data.target && (
        <li>
          {line('target')}
          {t('chart.target')}
        </li>
      )}
      {data.forecast && (
        <li>
          {line('median')}
          {t('chart.forecast')}
        </li>
      )}
    </ul>
  )
}

type Drawn = ReturnType<typeof drawTrajectory>

/** Lines stretch with the page; words and marks stand at their share of its width, and keep their size. */
function Drawing({ t, formats, data, says }: Pick<TrajectoryProps, 't' | 'formats' | 'data' | 'says'>) {
  const drawn = drawTrajectory(data)
  const { ticks, months, bars, last, events, frame } = drawn
  return (
    <svg class="trajectory" height={frame.height} role="img" aria-label={says}>
      <Lines drawn={drawn} />
      <g text-anchor="end" class="t-soft">
        {ticks.map(({ y, value }) => (
          <text x="-8" y={y + 5}>
            {formats.number(value)}
          </text>
        ))}
      </g>
      {last && (
        <>
          <circle cx={at(last.x)} cy={last.y} r="5.5" class="fill s-paper" stroke-width="2" />
          <text x={at(last.x)} y={last.y + (drawn.target ? 24 : 5)} dx="10" class="t-accent halo">
            <tspan class="wide">{t('chart.actual')} </tspan>
            {formats.number(last.value)}
          </text>
        </>
      )}
      <Marks events={events} line={frame.eventLine} />
      <g text-anchor="middle" class="counts">
        {bars.map(({ x, width, height, count }) => (
          <text x={at(x + width / 2)} y={Math.round(frame.barBase - height - 5)}>
            {formats.number(count)}
          </text>
        ))}
      </g>
      <g text-anchor="middle" class="months t-soft">
        {months.map(({ x, month }) => (
          <text x={at(x)} y={frame.height - 7}>
            {formats.shortMonth(month)}
          </text>
        ))}
      </g>
    </svg>
  )
}

const at = (x: number) => `${Math.round(x) / 10}%`

function Lines({ drawn: { ticks, bars, actual, target, forecast, events, frame } }: { drawn: Drawn }) {
  const across = (y: number) => `M0 ${y}H${drawingWidth}`
  const grid = [
    ...ticks.filter(({ value }) => value > 0).map(({ y }) => y),
    ...(events.length > 0 ? [frame.eventLine] : []),
  ]
  const barsOf = (isRunning: boolean) =>
    bars
      .filter((bar) => bar.isRunning === isRunning)
      .map(({ x, width, height }) => `M${x} ${frame.barBase}v-${height}h${width}v${height}z`)
      .join('')
  return (
    <svg viewBox={`0 0 ${drawingWidth} ${frame.height}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={grid.map(across).join('')} class="grid" />
      <path d={across(frame.base) + across(frame.barBase)} class="axis" />
      {forecast && (
        <>
          <path d={forecast.outer} class="fan" />
          <path d={forecast.inner} class="fan" />
        </>
      )}
      {target && <path d={target} class="target" />}
      {forecast && <path d={forecast.median} class="median" />}
      <path d={actual} class="actual" />
      <path d={barsOf(false)} class="fill" />
      <path d={barsOf(true)} class="fill-mid" />
    </svg>
  )
}

const Marks = ({ events, line }: { events: Drawn['events']; line: number }) => (
  <g text-anchor="middle">
    {events.map(({ x, lane, isDecision, number }) => {
      const y = line + 24 * lane
      return (
        <>
          {isDecision ? (
            <rect x={at(x)} y={y - 10} class="fill-ink" />
          ) : (
            <circle cx={at(x)} cy={y} r="10" class="fill-paper s-ink" />
          )}
          <text x={at(x)} y={y + 5} class={isDecision ? 't-on' : 't-bold'}>
            {number}
          </text>
        </>
      )
    })}
  </g>
)

function Events({ formats, events }: Pick<TrajectoryProps, 'formats'> & { events: TrajectoryData['events'] }) {
  return (
    <ol class="events">
      {events.map(({ from, says, by, isDecision }, at) => (
        <li>
          <span class={isDecision ? 'mark mark-decision' : 'mark'}>{at + 1}</span>
          <span>
            <b>{formats.day(from)}</b> {says} {by && <i>{by}</i>}
          </span>
        </li>
      ))}
    </ol>
  )
}

function TrajectoryTable({ t, formats, data }: Pick<TrajectoryProps, 't' | 'formats' | 'data'>) {
  let total = 0
  const rows = data.months.map((row) => {
    total += row.count
    return { ...row, total }
  })
  const targetOf = (month: string) => data.target?.find((point) => point.month === month)?.total
  return (
    <Table
      rows={rows}
      columns={[
        { key: 'month', label: t('chart.month'), cell: ({ month }) => formats.month(month) },
        { key: 'count', label: t('chart.used'), isNumber: true, cell: ({ count }) => formats.number(count) },
        { key: 'total', label: t('chart.total'), isNumber: true, cell: ({ total }) => formats.number(total) },
        ...(data.target
          ? [
              {
                key: 'target',
                label: t('chart.target'),
                isNumber: true,
                cell: ({ month }: { month: string }) => {
                  const wanted = targetOf(month)
                  return wanted === undefined ? '' : formats.number(wanted)
                },
              },
            ]
          : []),
      ]}
    />
  )
}
