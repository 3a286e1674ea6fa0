import { scaleLinear, scaleUtc } from 'd3-scale'
import { area, line } from 'd3-shape'
import { addMonths, type Day, type Month, monthOf } from '../../shared/days.ts'

export type TrajectoryData = {
  startsOn: Day
  endsOn: Day
  /** The evening the figures are of. */
  on: Day
  /** Used in each month, oldest first; the last one may be running. */
  months: readonly { month: Month; count: number; isRunning?: boolean }[]
  /** Wanted in all at the end of each month. */
  target?: readonly { month: Month; total: number }[] | undefined
  /** In all, from `on` to the end: the middle, and two bands of which the page says in words what they mean. */
  forecast?: readonly { on: Day; median: number; inner: [number, number]; outer: [number, number] }[] | undefined
  /** Numbered in their order. */
  events: readonly { from: Day; says: string; by?: string; isDecision: boolean }[]
}

const dateOf = (day: Day) => new Date(`${day}T00:00:00Z`)
const endOf = (month: Month) => dateOf(addMonths(monthOf(month), 1))
const round = (value: number) => Math.round(value * 10) / 10

/** Across, a drawing is a thousand parts wide on every screen; down, it is pixels. */
export const drawingWidth = 1000
const [top, base] = [26, 306]
const laneHeight = 24
const barsHeight = 74

/** Where everything stands. The page only draws. */
export function drawTrajectory(data: TrajectoryData) {
  const firstMonth = dateOf(monthOf(data.startsOn))
  const x = scaleUtc([firstMonth, endOf(data.endsOn)], [0, drawingWidth])
  const events = inLanes(
    data.events.map(({ from, isDecision }, at) => ({ number: at + 1, isDecision, x: round(x(dateOf(from))) })),
  )
  const eventLine = base + 25
  const barBase = eventLine + laneHeight * Math.max(0, ...events.map(({ lane }) => lane)) + barsHeight + 20
  const totals = runningTotals(data)
  const highest = Math.max(
    1,
    ...totals.map(({ total }) => total),
    ...(data.target ?? []).map(({ total }) => total),
    ...(data.forecast ?? []).map(({ outer }) => outer[1]),
  )
  const y = scaleLinear([0, highest], [base, top]).nice(3)
  const barHeight = scaleLinear([0, Math.max(1, ...data.months.map(({ count }) => count))], [0, barsHeight - 16])
  const path = line<{ at: Date; total: number }>()
    .x(({ at }) => round(x(at)))
    .y(({ total }) => round(y(total)))
  const last = totals.at(-1)
  return {
    frame: { base, eventLine, barBase, height: barBase + 26 },
    ticks: y.ticks(3).map((value) => ({ value, y: round(y(value)) })),
    months: monthsBetween(data.startsOn, data.endsOn).map((month) => ({
      month,
      x: round((x(dateOf(month)) + x(endOf(month))) / 2),
    })),
    bars: data.months.map(({ month, count, isRunning = false }) => ({
      ...{ count, isRunning, x: round(x(dateOf(month)) + 3), height: round(barHeight(count)) },
      width: round(x(endOf(month)) - x(dateOf(month)) - 6),
    })),
    actual: path([{ at: firstMonth, total: 0 }, ...totals]) ?? '',
    target:
      data.target &&
      path([{ at: firstMonth, total: 0 }, ...data.target.map(({ month, total }) => ({ at: endOf(month), total }))]),
    forecast: data.forecast && drawForecast(data.forecast, x, y),
    last: last && { x: round(x(last.at)), y: round(y(last.total)), value: last.total },
    events,
  }
}

/** A mark is as wide as this share of the narrowest drawing. */
const markWidth = drawingWidth / 10
/** Each mark stands at its day; where it would lie on another it stands below. */
function inLanes<Mark extends { x: number }>(marks: readonly Mark[]): (Mark & { lane: number })[] {
  const ends: number[] = []
  return marks.map((mark) => {
    const free = ends.findIndex((end) => mark.x >= end)
    const lane = free === -1 ? ends.length : free
    ends[lane] = mark.x + markWidth
    return { ...mark, lane }
  })
}

function runningTotals({ months, on }: TrajectoryData): { at: Date; total: number }[] {
  let total = 0
  return months.map(({ month, count, isRunning }) => {
    total += count
    return { at: isRunning ? dateOf(on) : endOf(month), total }
  })
}

function monthsBetween(from: Day, until: Day): Month[] {
  const months: Month[] = []
  for (let month = monthOf(from); month <= until; month = addMonths(month, 1)) months.push(month)
  return months
}

type Scale = (value: never) => number

function drawForecast(points: NonNullable<TrajectoryData['forecast']>, x: Scale, y: Scale) {
  const at = x as (value: Date) => number
  const up = y as (value: number) => number
  const band = (pick: (point: (typeof points)[number]) => [number, number]) =>
    area<(typeof points)[number]>()
      .x(({ on }) => round(at(dateOf(on))))
      .y0((point) => round(up(pick(point)[0])))
      .y1((point) => round(up(pick(point)[1])))([...points]) ?? ''
  return {
    inner: band(({ inner }) => inner),
    outer: band(({ outer }) => outer),
    median:
      line<(typeof points)[number]>()
        .x(({ on }) => round(at(dateOf(on))))
        .y(({ median }) => round(up(median)))([...points]) ?? '',
  }
}
