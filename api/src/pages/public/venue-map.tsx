import { kilometresBetween } from '../../territories/distance.ts'
import type { Found } from '../../venues/find-venues.ts'
import type { PageProps } from '../page-props.tsx'
import { drawDepartment } from './department-map.ts'

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
  const says = t('where.map', {
    count: formats.number(located.length),
    shown: formats.number(shown.length),
    place: place.name,
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
        {map.path && <path d={map.path} class="map-land" />}
        {place.centre && (
          <circle
            cx={map.at(place.centre)[0]}
            cy={map.at(place.centre)[1]}
            r={Math.round(radius * map.pixelsPerKilometre)}
            class="no s-accent"
            stroke-dasharray="2 4"
          />
        )}
        {rest.map(
          ({ point }) => point && <circle cx={map.at(point)[0]} cy={map.at(point)[1]} r="4.500" class="map-dot" />,
        )}
        {townsOf(found).map(({ name, point }) => (
          <text x={map.at(point)[0] + 8} y={map.at(point)[1] + 14} class="halo-land">
            {name}
          </text>
        ))}
        {shown.toReversed().map(({ point }, at) => {
          if (!point) return null
          const [x, y] = map.at(point)
          return (
            <>
              <circle cx={x} cy={y} r="11" class="fill s-surface" stroke-width="2" />
              <text x={x} y={y + 5} text-anchor="middle" class="t-on">
                {first + shown.length - 1 - at}
              </text>
            </>
          )
        })}
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
