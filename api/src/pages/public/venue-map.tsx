import { kilometresBetween } from '../../territories/distance.ts'
import type { Found } from '../../venues/find-venues.ts'
import type { PageProps } from '../page-props.tsx'
import { drawDepartment } from './department-map.ts'
import { spreadPins } from './spread-pins.ts'

type MapProps = Pick<PageProps, 't' | 'formats'> & {
  found: Found
  shown: Found['venues']
  first: number
  radius: number
}

/** A second reading of the list: numbered as the list, never the only access. */
export function VenueMap({ t, formats, found, shown, first, radius }: MapProps) {
  const { place } = found
  const located = [...found.venues, ...found.around].flatMap((venue) => venue.point ?? [])
  const points = place.centre ? [place.centre, ...located] : located
  if (points.length === 0) return null
  const map = drawDepartment(place.departmentCode, points)
  const rest = [...found.venues.filter((venue) => !shown.includes(venue)), ...found.around]
  const numbered = shown.flatMap(({ point }, at) => (point ? [{ number: first + at, from: map.at(point) }] : []))
  const spread = spreadPins(numbered.map(({ from }) => from))
  const pins = numbered.map((pin, at) => ({ ...pin, to: spread[at]! }))
  const isFree = ([x, y]: readonly [number, number]) =>
    spread.every((pin) => Math.hypot(pin[0] - x - 20, pin[1] - y) > 45)
  const says = t('where.map', {
    count: formats.number(located.length),
    shown: formats.number(shown.length),
  })
  return (
    <figure class="map-box">
      <svg
        class="map"
        viewBox={`0 0 ${map.width} ${map.height}`}
        width={map.width}
        height={map.height}
        role="img"
        aria-label={says}
      >
        <clipPath id="sheet">
          <rect width={map.width} height={map.height} />
        </clipPath>
        {map.path && <path d={map.path} class="map-land" />}
        {place.centre && (
          <circle
            cx={map.at(place.centre)[0]}
            cy={map.at(place.centre)[1]}
            r={Math.round(radius * map.pixelsPerKilometre)}
            class="no s-accent"
            stroke-dasharray="2 4"
            clip-path="url(#sheet)"
          />
        )}
        {rest.map(
          ({ point }) => point && <circle cx={map.at(point)[0]} cy={map.at(point)[1]} r="4.500" class="map-dot" />,
        )}
        {townsOf(found)
          .filter(({ point }) => isFree(map.at(point)))
          .map(({ name, point }) => (
            <text x={map.at(point)[0] + 8} y={map.at(point)[1] + 14} class="halo-land">
              {name}
            </text>
          ))}
        {pins.map(({ from, to }) => (
          <path d={`M${from.join(' ')}L${to.join(' ')}`} class="s-accent" />
        ))}
        {pins.map(({ from }) => (
          <circle cx={from[0]} cy={from[1]} r="3" class="fill" />
        ))}
        {pins.map(({ to, number }) => (
          <>
            <circle cx={to[0]} cy={to[1]} r="11" class="fill s-surface" stroke-width="2" />
            <text x={to[0]} y={to[1] + 5} text-anchor="middle" class="t-on">
              {number}
            </text>
          </>
        ))}
      </svg>
      <figcaption class="small soft">{t('where.map.credit')}</figcaption>
    </figure>
  )
}

const [mostTowns, apartKm] = [5, 18]

/** The communes with most venues that stand far enough apart to be read. */
function townsOf({ venues, around, place }: Found) {
  const towns = new Map<
    string,
    { name: string; point: NonNullable<Found['venues'][number]['point']>; venues: number }
  >()
  for (const { commune, communeCode, departmentCode, point } of [...venues, ...around]) {
    if (!point || departmentCode !== place.departmentCode) continue
    const town = towns.get(communeCode)
    if (town) town.venues += 1
    else towns.set(communeCode, { name: commune, point, venues: 1 })
  }
  const chosen: { name: string; point: { latitude: number; longitude: number } }[] = place.centre
    ? [{ name: place.name, point: place.centre }]
    : []
  for (const town of [...towns.values()].sort((a, b) => b.venues - a.venues))
    if (chosen.length < mostTowns && chosen.every(({ point }) => kilometresBetween(point, town.point) > apartKm))
      chosen.push(town)
  return chosen
}
