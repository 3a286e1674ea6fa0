/** Need beside offer, territory by territory. */
export const coverageMessages = {
  'coverage.title': { fr: 'Territoires', en: 'Territories' },
  'coverage.lede': {
    fr: 'Où l’on peut utiliser un chèque, et ce que les chiffres officiels disent des besoins.',
    en: 'Where a voucher can be used, and what official figures say of the needs.',
  },
  'coverage.lede.demo': {
    fr: 'Où l’on peut utiliser un chèque, et ce que les chiffres disent des besoins. Dans cette démonstration, la fragilité, les QPV et les communes FRR de la Charente sont inventés.',
    en: 'Where a voucher can be used, and what figures say of the needs. In this demo fragility, QPV and FRR communes of Charente are invented.',
  },
  'coverage.missing': { fr: 'Des chiffres officiels manquent', en: 'Official figures are missing' },
  'coverage.missing.says': {
    fr: 'L’exploitant importe la fragilité numérique, les QPV et les communes FRR par la commande import:territories.',
    en: 'The operator imports digital fragility, QPV and FRR communes by the command import:territories.',
  },
  'coverage.map': { fr: 'Lieux par département', en: 'Venues by département' },
  'coverage.map.says': {
    fr: 'Lieux qualifiés aujourd’hui. Le tableau dit les mêmes nombres.',
    en: 'Venues qualified today. The table tells the same numbers.',
  },
  'coverage.map.alt': {
    fr: 'Carte des départements selon leur nombre de lieux, outre-mer compris. Les nombres sont dans le tableau.',
    en: 'Map of the départements by their number of venues, overseas included. The numbers are in the table.',
  },
  'coverage.map.unit': { fr: 'lieux', en: 'venues' },
  'coverage.map.credit': {
    fr: 'Contours : Victor Cazanave, CC-BY 4.0. Communes et intercommunalités : Etalab, Licence Ouverte 2.0.',
    en: 'Outlines: Victor Cazanave, CC-BY 4.0. Communes and EPCI: Etalab, Licence Ouverte 2.0.',
  },
  'coverage.departments': { fr: 'Départements', en: 'Départements' },
  'coverage.department.one': { fr: 'Département', en: 'Département' },
  'coverage.epci': { fr: 'Intercommunalités', en: 'EPCI' },
  'coverage.epci.one': { fr: 'Intercommunalité', en: 'EPCI' },
  'coverage.no_epci': { fr: 'Communes sans intercommunalité', en: 'Communes of no EPCI' },
  'coverage.table.says': {
    fr: 'Un besoin élevé sans lieu est un manque. Ces chiffres ne classent pas les territoires.',
    en: 'A high need without a venue is a gap. These figures rank no territory.',
  },
  'coverage.search': { fr: 'Nom ou code', en: 'Name or code' },
  'coverage.count': { fr: 'Territoires : {count}', en: 'Territories: {count}' },
  'coverage.venues': { fr: 'Lieux qualifiés', en: 'Qualified venues' },
  'coverage.each': { fr: 'un pour {count} habitants', en: 'one for {count} inhabitants' },
  'coverage.population': { fr: 'Habitants', en: 'Inhabitants' },
  'coverage.qpv': { fr: 'Lieux en QPV', en: 'Venues in a QPV' },
  'coverage.qpv.of': { fr: 'QPV du territoire : {count}', en: 'QPV of the territory: {count}' },
  'coverage.frr': { fr: 'Communes FRR', en: 'FRR communes' },
  'coverage.frr.of': { fr: '{count} sur {all}', en: '{count} of {all}' },
  'district.title': { fr: 'Quartiers prioritaires', en: 'Priority districts' },
  'district.says': {
    fr: 'Lieux du territoire de la campagne, toutes campagnes ensemble, {span}, publié le {day}.',
    en: 'Venues of the campaign’s territory, all campaigns together, {span}, published on {day}.',
  },
  'district.rule': {
    fr: 'Seuls les nombres publiés, arrondis, sont additionnés. Le QPV est celui du lieu, jamais celui d’une personne.',
    en: 'Only published, rounded numbers are added. The district is that of the venue, never of a person.',
  },
  'district.uses': { fr: 'Chèques utilisés dans un lieu situé en QPV', en: 'Vouchers used at a venue in a QPV' },
  'district.share': { fr: '{share} : environ {count} sur {all}', en: '{share}: about {count} of {all}' },
  'district.none': { fr: 'aucun nombre publié', en: 'no published number' },
  'district.venues': { fr: 'Lieux en QPV', en: 'Venues in a QPV' },
  'district.of': { fr: '{count} sur {all}', en: '{count} of {all}' },
  'district.secret': {
    fr: 'Lieux dont une partie est trop petite pour être dite',
    en: 'Venues of which a part is too small to be told',
  },
} as const
