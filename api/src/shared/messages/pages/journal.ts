/** The audit log on screen. */
export const journalMessages = {
  'nav.journal': { fr: 'Journal', en: 'Audit log' },
  'journal.title': { fr: 'Journal', en: 'Audit log' },
  'journal.lede': {
    fr: 'Qui a fait quoi, pour l’argent et l’administration. Rien n’y est jamais changé ni effacé. Aucun scan n’y figure.',
    en: 'Who did what, in money and administration. Nothing in it is ever changed or removed. No scan is in it.',
  },
  'journal.action': { fr: 'Acte', en: 'Act' },
  'journal.person': { fr: 'Personne', en: 'Person' },
  'journal.from': { fr: 'Du', en: 'From' },
  'journal.to': { fr: 'Au', en: 'To' },
  'journal.q': { fr: 'Dans les détails', en: 'In the details' },
  'journal.number': { fr: 'Ligne', en: 'Line' },
  'journal.when': { fr: 'Quand', en: 'When' },
  'journal.who': { fr: 'Qui', en: 'Who' },
  'journal.details': { fr: 'Détails', en: 'Details' },
  'journal.hash': { fr: 'Empreinte', en: 'Hash' },
  'journal.machine': { fr: 'Carnet', en: 'Carnet' },
  'journal.none': { fr: 'Aucune ligne ne correspond', en: 'No line matches' },
  'journal.none.next': {
    fr: 'Enlevez un filtre, ou choisissez d’autres jours.',
    en: 'Take a filter away, or choose other days.',
  },
  'journal.older': { fr: 'Lignes plus anciennes', en: 'Older lines' },
  'journal.export': { fr: 'Tout le journal, avec ses empreintes :', en: 'The whole log, with its hashes:' },
} as const
