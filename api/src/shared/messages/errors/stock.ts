/** What may not be done with boxes, stocks and requests for books. */
export const stockErrors = {
  covers_unreadable: {
    fr: 'Écrivez les numéros de couverture ainsi : 1-19, 23-50.',
    en: 'Write cover numbers like this: 1-19, 23-50.',
  },
  covers_not_in_box: {
    fr: 'Certains de ces numéros de couverture ne sont pas de ce colis.',
    en: 'Some of these covers are not of this box.',
  },
  covers_needed: {
    fr: 'Il en manque : dites quels numéros de couverture sont arrivés.',
    en: 'Some are missing: say which covers arrived.',
  },
  count_differs: {
    fr: 'Ces numéros de couverture ne font pas le nombre de carnets indiqué.',
    en: 'These covers do not make the number of books that you gave.',
  },
  nothing_arrived: {
    fr: 'Accusez réception quand au moins un carnet est arrivé.',
    en: 'Acknowledge the box when at least one book has arrived.',
  },
  gap_not_found: { fr: 'Ces carnets manquants n’existent pas.', en: 'There are no such missing books.' },
  'gap_is_*': {
    fr: 'On a déjà dit ce que ces carnets sont devenus.',
    en: 'What became of these books was told already.',
  },
  too_few_books_to_activate: {
    fr: 'Moins de dix carnets ne sont jamais activés seuls : leur date désignerait des personnes. Attendez la suite, ou révoquez le colis.',
    en: 'Fewer than ten books are never activated by themselves: their day would point at people. Wait for the others, or revoke the box.',
  },
  covers_not_in_stock: {
    fr: 'Certains de ces carnets ne sont pas dans ce stock.',
    en: 'Some of these books do not lie in this stock.',
  },
  covers_stopped: {
    fr: 'Certains de ces carnets sont en opposition.',
    en: 'Some of these books are stopped.',
  },
  covers_not_active: {
    fr: 'Certains de ces carnets ne sont pas encore actifs : ils voyagent dans leur colis.',
    en: 'Some of these books are not active yet: they travel in their box.',
  },
  more_than_left: {
    fr: 'D’après les remises comptées, il n’en reste pas autant. Corrigez d’abord le nombre de carnets remis.',
    en: 'By the hand-outs counted, fewer are left. Correct the number handed out first.',
  },
  stock_move_not_found: { fr: 'Ce mouvement de carnets n’existe pas.', en: 'There is no such move of books.' },
  stock_move_is_over: {
    fr: 'Ces carnets ont déjà été reçus, ou leur envoi annulé.',
    en: 'These books were received already, or their sending was cancelled.',
  },
  more_replaced_than_stopped: {
    fr: 'Chaque carnet perdu mis en opposition a déjà été remplacé.',
    en: 'Every lost book that was stopped has been replaced.',
  },
  cover_not_received: {
    fr: 'Ce numéro de couverture n’est pas celui d’un de vos carnets.',
    en: 'This is not the cover number of one of your books.',
  },
  none_left: {
    fr: 'Le carnet perdu est en opposition, mais il ne vous reste aucun carnet à donner.',
    en: 'The lost book is stopped, but you have no book left to give.',
  },
  book_request_not_found: { fr: 'Cette demande n’existe pas.', en: 'There is no such request.' },
  request_waits: {
    fr: 'Une demande pour cette campagne attend déjà la coordination.',
    en: 'A request for this campaign waits for the coordination already.',
  },
  request_is_over: { fr: 'Cette demande a déjà reçu une réponse.', en: 'This request was answered before.' },
  day_in_the_future: { fr: 'Ce jour est encore à venir.', en: 'That day is still to come.' },
} as const
