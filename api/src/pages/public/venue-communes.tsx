import { hrefWith, type PageProps } from '../page-props.tsx'

export type CommuneCount = {
  departmentCode: string
  department: string
  commune: string
  postalCode: string
  venues: number
}
/** Above it the page only counts: a commune is then found by its name. */
const mostCommunes = 200
type CommunesProps = PageProps & { communes: readonly CommuneCount[] }

/** Before anything is asked, or when nothing was found: every commune that has a venue, by département. */
export function VenueCommunes({ t, formats, here, communes }: CommunesProps) {
  const codes = [...new Set(communes.map(({ departmentCode }) => departmentCode))]
  const departments = codes.map((code) => communes.filter(({ departmentCode }) => departmentCode === code))
  const areFew = communes.length <= mostCommunes
  return (
    <>
      {departments.map((list) => (
        <section class="section">
          <header>
            <h2>{list[0]!.department}</h2>
            <p>
              {t('where.department', {
                venues: formats.number(list.reduce((sum, { venues }) => sum + venues, 0)),
                communes: formats.number(list.length),
              })}
            </p>
          </header>
          <ul class="themes">
            {areFew &&
              list.map(({ commune, postalCode, venues }) => (
                <li>
                  <a class="commune" href={hrefWith(here, { commune: `${commune} (${postalCode})`, page: '' })}>
                    <span>{commune}</span> <small>{formats.number(venues)}</small>
                  </a>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  )
}
