import { drawingWidth, drawTrajectory } from '@carnet/api/pages/charts/trajectory-drawing.ts'
import { arrange, readListQuery } from '@carnet/api/pages/components/list-query.ts'
import { hrefWith } from '@carnet/api/pages/page-props.tsx'
import { drawDepartment } from '@carnet/api/pages/public/department-map.ts'
import { spreadPins } from '@carnet/api/pages/public/spread-pins.ts'
import { nextPaymentOf } from '@carnet/api/pages/venue/read-venue-home.ts'
import type { StatementSummary } from '@carnet/api/payouts/read-statements.ts'
import { formatsOf } from '@carnet/api/shared/formats.ts'
import { cents } from '@carnet/api/shared/money.ts'
import { kilometresBetween } from '@carnet/api/territories/distance.ts'
import { findLikeNames } from '@carnet/api/territories/like-names.ts'
import { readPlace } from '@carnet/api/venues/find-venues.ts'
import { describe, expect, test } from 'vitest'

describe('figures are written', () => {
  const [fr, en] = [formatsOf('fr'), formatsOf('en')]
  test.each([
    [fr.euros(cents(123450)), '1\u202f234,50\u202f€'],
    [fr.wholeEuros(cents(3879000)), '38\u202f790\u202f€'],
    [fr.euros(cents(-1000)), '−10,00\u202f€'],
    [fr.percent(0.4489), '44,9\u202f%'],
    [fr.day('2026-11-21'), '21/11/2026'],
    [fr.weekdayAndDay('2026-11-25'), 'mercredi 25/11/2026'],
    [fr.ofMonth('2026-10-01'), 'd’octobre 2026'],
    [fr.ofMonth('2026-03-01'), 'de mars 2026'],
    [fr.time(new Date('2026-11-21T08:40:00Z')), '9\u00a0h\u00a040'],
    [fr.plainEuros(cents(123450)), '1234,50'],
    [en.euros(cents(123450)), '€1,234.50'],
    [en.ofMonth('2026-10-01'), 'of October 2026'],
  ])('%s', (written, wanted) => {
    expect(written).toBe(wanted)
  })
})

describe('a list', () => {
  const rows = ['Médiathèque de Die', 'Mairie de Crest', 'Bus numérique'].map((name, at) => ({
    name,
    uses: [40, 5, 100][at]!,
  }))
  const columns = [
    { key: 'nom', label: '', sortBy: ({ name }: (typeof rows)[number]) => name },
    { key: 'usages', label: '', sortBy: ({ uses }: (typeof rows)[number]) => uses },
  ]
  const ask = (query: Record<string, string>, perPage = 25) =>
    arrange(rows, readListQuery(query, ['grand']), {
      columns,
      perPage,
      textOf: ({ name }) => name,
      filters: { grand: ({ uses }) => uses > 10 },
    })
  const names = (query: Record<string, string>, perPage?: number) => ask(query, perPage).rows.map(({ uses }) => uses)

  test('searches without accents, sorts numbers as numbers, filters and pages', () => {
    expect(names({ q: 'mediatheque' })).toEqual([40])
    expect(names({ tri: 'usages' })).toEqual([5, 40, 100])
    expect(names({ tri: '-usages' })).toEqual([100, 40, 5])
    expect(names({ grand: 'oui' })).toEqual([40, 100])
    expect(ask({ page: '9' }, 2)).toMatchObject({ page: 2, pages: 2, total: 3, rows: [{ uses: 100 }] })
    expect(ask({ q: 'rien' })).toMatchObject({ total: 0, page: 1, pages: 1 })
    expect(names({ tri: 'constructor', page: '-4' })).toEqual([40, 5, 100])
  })

  test('lives in its address', () => {
    expect(hrefWith('/lieux?q=a&page=3', { tri: 'nom', page: '' })).toBe('/lieux?q=a&tri=nom')
    expect(hrefWith('/lieux?page=3', { page: '' })).toBe('/lieux')
  })
})

describe('a trajectory', () => {
  const data = {
    startsOn: '2026-02-01',
    endsOn: '2026-06-30',
    on: '2026-04-10',
    months: [
      { month: '2026-02-01', count: 10 },
      { month: '2026-03-01', count: 30 },
      { month: '2026-04-01', count: 5, isRunning: true },
    ],
    events: [{ from: '2026-03-05', says: 'x', isDecision: true }],
  }
  const drawn = drawTrajectory(data)

  test('adds the months up, starts at zero and stays in its frame', () => {
    expect(drawn.last?.value).toBe(45)
    expect(drawn.ticks[0]).toMatchObject({ value: 0, y: drawn.frame.base })
    expect(drawn.ticks.length).toBeLessThanOrEqual(5)
    const xs = [...drawn.bars.map(({ x, width }) => x + width), drawn.last!.x, drawn.events[0]!.x]
    expect(Math.max(...xs)).toBeLessThanOrEqual(drawingWidth)
    expect(drawn.months).toHaveLength(5)
    expect(drawn.bars[1]!.height).toBeGreaterThan(drawn.bars[0]!.height)
  })

  test('marks each event at its day, below the one that stands there', () => {
    const marked = ['2026-03-05', '2026-03-06', '2026-06-01'].map((from) => ({ from, says: 'x', isDecision: false }))
    const { events, frame } = drawTrajectory({ ...data, events: marked })
    expect(events.map(({ lane }) => lane)).toEqual([0, 1, 0])
    expect(events[1]!.x - events[0]!.x).toBeCloseTo(drawingWidth / 150, 0)
    expect(frame.height).toBeGreaterThan(drawn.frame.height)
  })

  test('of a campaign without a single use is drawn too', () => {
    const empty = drawTrajectory({ ...data, months: [], events: [] })
    expect(empty.last).toBeUndefined()
    expect(empty.actual).not.toContain('NaN')
  })
})

describe('the map', () => {
  const angouleme = { latitude: 45.65, longitude: 0.1535 }
  const cognac = { latitude: 45.6959, longitude: -0.3293 }

  test('puts places where they are', () => {
    const map = drawDepartment('16', [angouleme, cognac])
    const [a, b] = [map.at(angouleme), map.at(cognac)]
    expect(b[0]).toBeLessThan(a[0])
    expect(Math.hypot(a[0] - b[0], a[1] - b[1]) / map.pixelsPerKilometre).toBeCloseTo(
      kilometresBetween(angouleme, cognac),
      -0.5,
    )
    expect(map.path).toMatch(/^M[\d.]+ [\d.]+L/)
    expect(drawDepartment('974', [{ latitude: -21, longitude: 55.5 }]).path).toBe('')
  })

  test('keeps pins apart and drawings the same', () => {
    const pins = spreadPins(Array.from({ length: 10 }, () => [100, 100]))
    for (const [at, a] of pins.entries())
      for (const b of pins.slice(at + 1)) expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeGreaterThan(18)
    expect(spreadPins(Array.from({ length: 10 }, () => [100, 100]))).toEqual(pins)
  })
})

test.each([
  ['Crest (26400)', { postcode: '26400', name: 'crest' }],
  ['  ST-Étienne ', { postcode: undefined, name: 'saint etienne' }],
  ['26400', { postcode: '26400', name: '' }],
  ['26 400 Crest', { postcode: '26400', name: 'crest' }],
  ['L’Isle-d’Espagnac', { postcode: undefined, name: 'l isle d espagnac' }],
])('"%s" is read as a place', (text, place) => {
  expect(readPlace(text)).toEqual(place)
})

test.each([
  ['coniac', ['cognac']],
  ['cogncacs', ['cognac']],
  ['jranac', ['jarnac']],
  ['balzacc', ['balzac']],
  ['lyon e', ['lyon']],
  ['lion', ['lyon']],
  ['lien', []],
  ['atlantis', []],
])('who writes "%s" may mean %j', (written, meant) => {
  const places = ['cognac', 'jarnac', 'balzac', 'lyon'].map((plainName) => ({ plainName }))
  expect(findLikeNames(written, places).map(({ plainName }) => plainName)).toEqual(meant)
})

describe('the next payment', () => {
  const statement = (
    month: string,
    state: StatementSummary['state'],
    payableOn: string,
    euros = 100,
  ): StatementSummary => ({
    ...{
      id: month,
      periodId: 1,
      organisationId: 'o',
      organisation: 'O',
      month,
      state,
      payableOn,
      number: null,
      frozenOn: null,
    },
    ...{ voucherCount: 10, totalCents: cents(euros * 100), nettedCents: cents(0), adjustedCents: cents(1000) },
  })

  test('is what is not paid yet, oldest first; the running month waits', () => {
    const list = [
      statement('2026-11-01', 'open', '2026-12-07'),
      statement('2026-10-01', 'frozen', '2026-11-25'),
      statement('2026-09-01', 'paid', '2026-10-26'),
    ]
    expect(nextPaymentOf(list, '2026-11-21')).toMatchObject({
      payableOn: '2026-11-25',
      isLate: false,
      amountCents: 9000,
    })
    expect(nextPaymentOf(list, '2026-11-26')).toMatchObject({ isLate: true })
    expect(nextPaymentOf([list[0]!], '2026-11-21')).toBeUndefined()
  })

  test('of two late months is one amount', () => {
    const list = [statement('2026-10-01', 'frozen', '2026-11-05'), statement('2026-09-01', 'in_payment', '2026-10-05')]
    expect(nextPaymentOf(list, '2026-11-21')).toMatchObject({ amountCents: 18000, isLate: true })
  })
})
