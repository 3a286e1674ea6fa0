const published = 'it is published, for everybody to take'

/** The tables that whoever asks may read whole. A table is behind the wall, or it is here with its reason. */
export const openTables: Record<string, string> = {
  installation: 'one row: whether this is a demo, and which keyring belongs to it; no key',
  regions: published,
  departments: published,
  epcis: published,
  communes: published,
  territory_facts: 'official figures of communes and EPCI',
  services: published,
  catalogue_versions: 'the catalogue is public; a draft names services and nobody',
  catalogue_themes: published,
  catalogue_services: published,
  logos: 'they stand on paper that anybody may hold',
  periods: 'months and their states: the public page tells when the last one was sealed',
  period_folds: 'how coarse a month is told, which its release shows',
  releases: published,
  release_cells: published,
  release_revisions: published,
  organisations: 'who runs a public place: name and SIRET, as the national register has them',
  venues: published,
  venue_qualifications: 'which places accept vouchers, as the finder shows',
  venue_services: 'what a public place offers',
}
