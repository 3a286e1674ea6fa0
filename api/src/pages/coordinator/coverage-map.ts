import { escapeXml } from '../../shared/escape-xml.ts'
import { departmentPaths } from '../public/department-map.ts'

/** Départements that the sheet does not show: tiles beside it, in the order of their codes. */
const overseas = ['971', '972', '973', '974', '976'] as const
const shades = ['#e7e3d8', '#b9d8db', '#6fb0b8', '#2c7f8c', '#0b4a56'] as const
/** From how many venues on a département has each shade. */
export const steps = [0, 1, 5, 15, 40] as const

const shadeOf = (venues: number) => shades[steps.findLastIndex((from) => venues >= from)]!
const inkOn = (venues: number) => (venues >= steps[3] ? '#ffffff' : '#1d2530')

export type MappedDepartment = { code: string; name: string; venues: number }

/** The départements by the number of their venues, overseas included. A second reading of a table, never the only one. */
export function drawCoverage(departments: readonly MappedDepartment[], says: string): string {
  const byCode = new Map(departments.map((department) => [department.code, department]))
  const venuesOf = (code: string) => byCode.get(code)?.venues ?? 0
  const outlines = [...departmentPaths()].map(
    ([code, path]) => `<path d="${path}" fill="${shadeOf(venuesOf(code))}" stroke="#fffdf8" stroke-width="0.8"/>`,
  )
  const tiles = overseas.map((code, at) => {
    const venues = venuesOf(code)
    const y = 40 + at * 62
    return `<g><rect x="620" y="${y}" width="108" height="52" rx="6" fill="${shadeOf(venues)}"/><text x="674" y="${y + 22}" text-anchor="middle" fill="${inkOn(venues)}" font-size="13">${escapeXml(byCode.get(code)?.name ?? code)}</text><text x="674" y="${y + 41}" text-anchor="middle" fill="${inkOn(venues)}" font-size="14" font-weight="bold">${venues}</text></g>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 740 585" role="img" font-family="sans-serif"><title>${escapeXml(says)}</title>${outlines.join('')}${tiles.join('')}</svg>`
}
