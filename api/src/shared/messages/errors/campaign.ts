/** What amendments, the end of validity and joint statements are refused for. */
export const campaignErrors = {
  terms_are_fixed: {
    fr: 'La convention est figée : elle ne change plus que par un avenant, signé par chaque financeur.',
    en: 'The terms are fixed: they change by an amendment alone, signed by every funder.',
  },
  end_comes_earlier: { fr: 'Le dernier jour ne peut qu’être repoussé.', en: 'The last day may only move later.' },
  end_comes_later: {
    fr: 'La campagne s’arrête déjà ce jour-là, ou avant.',
    en: 'The campaign ends on that day already, or before.',
  },
  end_comes_too_soon: {
    fr: 'Ce dernier jour est trop proche : les personnes qui ont des chèques gardent trente jours pour s’en servir.',
    en: 'That last day is too soon: people who hold vouchers keep thirty days to use them.',
  },
  end_day_missing: {
    fr: 'Dites le dernier jour : des chèques sont déjà entre les mains des personnes.',
    en: 'Say the last day: people hold vouchers already.',
  },
  budget_gets_smaller: { fr: 'Le budget ne peut qu’augmenter.', en: 'The budget may only be raised.' },
  amendment_not_found: {
    fr: 'Cet avenant n’existe pas, ou n’est pas à vous.',
    en: 'There is no such amendment, or it is not yours.',
  },
  amendment_waits: {
    fr: 'Un autre avenant attend ses signatures : retirez-le, ou attendez.',
    en: 'Another amendment waits for signatures: withdraw it, or wait.',
  },
  funder_is_bound: {
    fr: 'Ce financeur a signé un avenant, ou reçu un appel de fonds : il reste dans la campagne.',
    en: 'This funder signed an amendment, or was called for money: it stays in the campaign.',
  },
  'amendment_is_*': { fr: 'Cet avenant est déjà décidé.', en: 'This amendment is decided already.' },
  step_not_begun: {
    fr: 'Il est trop tôt : cette étape de la fin de validité n’a pas commencé.',
    en: 'It is too soon: this step of the end of validity has not begun.',
  },
  blocking_changed: {
    fr: 'La liste a changé depuis que vous l’avez lue : relisez-la avant d’approuver.',
    en: 'The list has changed since you read it: read it again before you approve.',
  },
  joint_statement_not_found: {
    fr: 'Cet état contradictoire n’existe pas, ou n’est pas à vous.',
    en: 'There is no such joint statement, or it is not yours.',
  },
  joint_statement_differs: {
    fr: 'L’empreinte n’est pas celle de cet état : relisez-le avant de signer.',
    en: 'The hash is not that of this statement: read it again before you sign.',
  },
  no_debt: {
    fr: 'Cette structure ne doit rien : il n’y a rien à demander.',
    en: 'This organisation owes nothing: there is nothing to ask for.',
  },
} as const
