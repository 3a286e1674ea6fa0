/** What stops a contest, or its answer. */
export const contestErrors = {
  scan_was_accepted: {
    fr: 'Ce scan a été accepté : il n’y a rien à contester.',
    en: 'This scan was accepted: there is nothing to contest.',
  },
  contest_not_found: {
    fr: 'Cette contestation n’existe pas, ou n’est pas la vôtre.',
    en: 'There is no such contest, or it is not yours.',
  },
  contest_reason_not_allowed: {
    fr: 'Cette raison ne va pas avec ce refus : choisissez-en une autre.',
    en: 'This reason does not fit this refusal: choose another.',
  },
  contest_changed: {
    fr: 'Cette contestation vient de changer. Relisez-la.',
    en: 'This contest has just changed. Read it again.',
  },
  'contest_is_*': { fr: 'Cette contestation a déjà sa réponse.', en: 'This contest was answered already.' },
  contest_not_payable: {
    fr: 'Le fonds de réserve ne paie que ce que la plateforme a empêché pendant plus d’un jour.',
    en: 'The reserve pays only for what the platform prevented for more than a day.',
  },
} as const
