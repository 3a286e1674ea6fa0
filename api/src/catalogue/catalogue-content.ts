import type { Level } from './service-level.ts'

export type CatalogueTheme = { code: string; title: string }
export type CatalogueService = {
  code: string
  themeCode: string
  title: string
  description: string
  level: Level
  nationalService: string
  durationMinutes: number
  provenance: string
  retiredOn: string | null
  replacedBy: string | null
}
/** All that a version of the catalogue says. */
export type CatalogueContent = { themes: CatalogueTheme[]; services: CatalogueService[] }
