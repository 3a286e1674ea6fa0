/** The same for releases and the links to them. */
export const releaseErrors = {
  month_not_closed: {
    fr: 'Ce mois reçoit encore des utilisations, ou n’en a jamais reçu.',
    en: 'This month still receives uses, or never did.',
  },
  release_is_made: {
    fr: 'Ce mois est publié : il ne change plus. Une note peut dire ce qui était faux.',
    en: 'This month is published: it never changes. A note can say what was wrong.',
  },
  release_not_found: { fr: 'Rien n’a été publié sous cette adresse.', en: 'Nothing was published at this address.' },
  table_not_found: {
    fr: 'La publication de ce mois ne contient pas ce tableau.',
    en: 'The release of this month does not hold this table.',
  },
  revision_noted_today: {
    fr: 'Une note a déjà été écrite aujourd’hui : écrivez la suivante demain.',
    en: 'A note was written today already: write the next one tomorrow.',
  },
  share_link_not_found: {
    fr: 'Ce lien n’existe pas, ou n’ouvre plus. Demandez-en un autre à qui vous l’a donné.',
    en: 'There is no such link, or it opens no more. Ask whoever gave it to you for another.',
  },
  share_link_too_long: {
    fr: 'Un lien s’arrête aujourd’hui au plus tôt, et dans un an au plus tard.',
    en: 'A link ends today at the earliest, and in a year at the latest.',
  },
} as const
