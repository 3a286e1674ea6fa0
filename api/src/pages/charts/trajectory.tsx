import type { Child } from 'hono/jsx'
import { Table } from '../components/data-table.tsx'
import type { PageProps } from '../page-props.tsx'
import { drawTrajectory, type TrajectoryData } from './trajectory-drawing.ts'

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
      <Drawing t={t} formats={formats} data={data} says={says} isNarrow={false} />
      <Drawing t={t} formats={formats} data={data} says={says} isNarrow={true} />
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

type DrawingProps = Pick<TrajectoryProps, 't' | 'formats' | 'data' | 'says'> & { isNarrow: boolean }

function Drawing({ t, formats, data, says, isNarrow }: DrawingProps) {
  const box = isNarrow
    ? { width: 358, height: 426, left: 46, right: 44, bars: 56 }
    : { width: 918, height: 498, left: 56, right: 150, bars: 78 }
  const { ticks, months, bars, actual, target, forecast, last, events, frame } = drawTrajectory(data, box)
  const [top, base, barBase, eventLine] = [frame.top, frame.base, frame.barBase, frame.eventLine]
  const lastMonths = isNarrow ? 3 : 1
  return (
    <svg
      class={isNarrow ? 'narrow' : 'wide'}
      viewBox={`0 0 ${box.width} ${box.height}`}
      width={box.width}
      height={box.height}
      role="img"
      aria-label={says}
    >
      {events.map(
        ({ x, xEnd }) =>
          xEnd !== undefined && <rect x={x} y={top} width={xEnd - x} height={base - top} class="context-zone" />,
      )}
      {ticks.map(({ y, value }) => (
        <>
          <path d={`M${frame.left} ${y}H${frame.right}`} class={value === 0 ? 'axis' : 'grid'} />
          <text x={frame.left - 8} y={y + 5} text-anchor="end" class="t-soft">
            {formats.number(value)}
          </text>
        </>
      ))}
      {forecast && <path d={forecast.outer} class="fan" />}
      {forecast && <path d={forecast.inner} class="fan" />}
      {target && <path d={target} class="target" />}
      {forecast && <path d={forecast.median} class="median" />}
      <path d={actual} class="actual" />
      {last && (
        <>
          <circle cx={last.x} cy={last.y} r="5.500" class="fill s-paper" stroke-width="2" />
          <text x={last.x + 10} y={last.y + (target ? 24 : 5)} class="t-accent halo">
            {isNarrow ? formats.number(last.value) : t('chart.actual_is', { value: formats.number(last.value) })}
          </text>
        </>
      )}
      {events.length > 0 && <path d={`M${frame.left} ${eventLine}H${frame.right}`} class="grid" />}
      {events.map(({ x, xEnd, isDecision, number }) => (
        <>
          {xEnd !== undefined && <path d={`M${x} ${eventLine}H${xEnd}`} class="s-ink" stroke-width="2" />}
          {isDecision ? (
            <rect x={x - 10} y={eventLine - 10} width="20" height="20" rx="3" class="fill-ink" />
          ) : (
            <circle cx={x} cy={eventLine} r="10" class="fill-paper s-ink" stroke-width="1.500" />
          )}
          <text x={x} y={eventLine + 5} text-anchor="middle" class={isDecision ? 't-on' : 't-bold'}>
            {number}
          </text>
        </>
      ))}
      <path d={`M${frame.left} ${barBase}H${frame.right}`} class="axis" />
      {bars.map(({ x, width, y, count, isRunning }) => (
        <>
          <rect x={x} y={y} width={width} height={barBase - y} class={isRunning ? 'fill-mid' : 'fill'} />
          {!isNarrow && (
            <text x={x + width / 2} y={y - 5} text-anchor="middle">
              {formats.number(count)}
            </text>
          )}
        </>
      ))}
      {months.map(
        ({ x, month }, at) =>
          at % lastMonths === 0 && (
            <text x={x} y={barBase + 19} text-anchor="middle" class="t-soft">
              {formats.shortMonth(month)}
            </text>
          ),
      )}
    </svg>
  )
}

function Events({ formats, events }: Pick<TrajectoryProps, 'formats'> & { events: TrajectoryData['events'] }) {
  return (
    <ol class="events">
      {events.map(({ from, until, says, by, isDecision }, at) => (
        <li>
          <span class={isDecision ? 'mark mark-decision' : 'mark'}>{at + 1}</span>
          <span>
            <b>{until ? `${formats.day(from)} – ${formats.day(until)}` : formats.day(from)}</b> {says}{' '}
            {by && <i>{by}</i>}
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
