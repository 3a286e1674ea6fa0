/** The same for funders, campaigns, books, months, money and keys. */
export const schemeErrors = {
  territory_not_found: { fr: 'Ce département n’existe pas.', en: 'There is no such département.' },
  funder_known: {
    fr: 'Un financeur de ce nom ou de ce SIRET existe déjà.',
    en: 'A funder of this name or SIRET is there already.',
  },
  funder_not_found: {
    fr: 'Ce financeur n’existe pas, ou n’est pas le vôtre.',
    en: 'There is no such funder, or it is not yours.',
  },
  funder_given_twice: { fr: 'Un financeur a une seule part par campagne.', en: 'A funder has one part in a campaign.' },
  not_a_funder_of_the_campaign: {
    fr: 'Seul un financeur de la campagne peut la financer.',
    en: 'Only a funder of the campaign funds it.',
  },
  funding_changed: {
    fr: 'Cette référence est déjà enregistrée avec un autre contenu.',
    en: 'This reference was recorded with another content.',
  },
  received_in_the_future: { fr: 'L’argent s’enregistre une fois arrivé.', en: 'Money is recorded when it has come.' },
  paying_account_known: {
    fr: 'Un compte de ce nom ou de cet IBAN existe déjà.',
    en: 'An account of this name or IBAN is there already.',
  },
  campaign_not_found: {
    fr: 'Cette campagne n’existe pas, ou n’est pas la vôtre.',
    en: 'There is no such campaign, or it is not yours.',
  },
  campaign_known: { fr: 'Une campagne de ce nom existe déjà.', en: 'A campaign of this name is there already.' },
  campaign_changed: {
    fr: 'Cette campagne vient de changer. Relisez-la.',
    en: 'This campaign has just changed. Read it again.',
  },
  'campaign_is_*': {
    fr: 'La campagne n’est pas dans un état qui permet cette action.',
    en: 'The campaign is not in a state that allows this.',
  },
  signed_already: { fr: 'Ce financeur a déjà signé cette convention.', en: 'This funder has signed these terms.' },
  too_few_books: {
    fr: 'Une campagne compte au moins 50 carnets : moins permettrait de reconnaître des personnes.',
    en: 'A campaign has at least 50 books: fewer would identify people.',
  },
  face_value_not_whole_euros: { fr: 'Un chèque vaut un nombre entier d’euros.', en: 'A voucher is worth whole euros.' },
  ends_before_it_starts: { fr: 'Le dernier jour est avant le premier.', en: 'The last day is before the first.' },
  parts_do_not_add_up: {
    fr: 'La somme des parts doit être la valeur du chèque.',
    en: 'The parts of a voucher must add up to its face value.',
  },
  '*_unknown': {
    fr: 'Un des noms cités n’existe pas : les faits disent lequel.',
    en: 'One of the things named does not exist: the facts say which.',
  },
  print_run_not_found: { fr: 'Ce tirage n’existe pas.', en: 'There is no such print run.' },
  print_run_changed: {
    fr: 'Ce tirage vient de changer. Relisez-le.',
    en: 'This print run has just changed. Read it again.',
  },
  'print_run_is_*': {
    fr: 'Le tirage n’est pas dans un état qui permet cette action.',
    en: 'The print run is not in a state that allows this.',
  },
  box_not_found: { fr: 'Ce colis n’existe pas.', en: 'There is no such box.' },
  box_changed: { fr: 'Ce colis vient de changer. Relisez-le.', en: 'This box has just changed. Read it again.' },
  'box_is_*': {
    fr: 'Le colis n’est pas dans un état qui permet cette action.',
    en: 'The box is not in a state that allows this.',
  },
  over_budget: {
    fr: 'La campagne n’a plus autant de carnets à commander.',
    en: 'The campaign has not so many books left to order.',
  },
  too_few_books_in_a_box: { fr: 'Un colis contient au moins 10 carnets.', en: 'A box holds 10 books or more.' },
  too_few_books_in_a_run: { fr: 'Un tirage remplit au moins un colis.', en: 'A run fills at least one box.' },
  sample_incomplete: {
    fr: 'Trois chèques du colis doivent d’abord se lire correctement.',
    en: 'Three vouchers of the box must scan well first.',
  },
  age_recipient_invalid: {
    fr: 'Ce n’est pas une clé publique age (age1…).',
    en: 'This is not an age public key (age1…).',
  },
  period_not_found: { fr: 'Ce mois comptable n’existe pas.', en: 'There is no such period.' },
  period_changed: {
    fr: 'Ce mois comptable vient de changer. Relisez-le.',
    en: 'This period has just changed. Read it again.',
  },
  'period_is_*': {
    fr: 'Le mois comptable n’est pas dans un état qui permet cette action.',
    en: 'The period is not in a state that allows this.',
  },
  period_is_busy: {
    fr: 'Une autre étape d’un mois est en cours. Réessayez dans une minute.',
    en: 'Another step of a period is under way. Try again in a minute.',
  },
  period_is_open: { fr: 'Ce mois reçoit encore des scans.', en: 'This period still receives scans.' },
  period_is_sealed: {
    fr: 'Ce mois est scellé : il n’a plus besoin de clé.',
    en: 'This period is sealed: it needs no key any more.',
  },
  period_is_abandoned: { fr: 'Ce mois a déjà été abandonné.', en: 'This period was given up before.' },
  period_key_present: {
    fr: 'La clé de ce mois est là : rien n’est perdu.',
    en: 'The key of this period is there: nothing is lost.',
  },
  period_key_lost: {
    fr: 'La clé de ce mois est perdue. Abandonnez ce mois, à deux.',
    en: 'The key of this period is lost. Give the period up: two people do it.',
  },
  period_key_missing: {
    fr: 'La clé de ce mois n’est dans aucune des deux copies du trousseau. Remettez une copie.',
    en: 'The key of this period is in neither copy of the keyring. Bring a copy back.',
  },
  too_many_live_periods: {
    fr: 'Scellez d’abord le mois le plus ancien : les scans continuent.',
    en: 'Seal the oldest period first: scans go on.',
  },
  too_early: {
    fr: 'C’est trop tôt : les faits disent à partir de quand.',
    en: 'It is too early: the facts say from when.',
  },
  older_period_first: { fr: 'Scellez d’abord le mois plus ancien.', en: 'Seal the older period first.' },
  statements_not_frozen: {
    fr: 'Des bordereaux de ce mois ne sont pas arrêtés.',
    en: 'Some statements of this period are not frozen.',
  },
  statement_not_found: {
    fr: 'Ce bordereau n’existe pas, ou n’est pas le vôtre.',
    en: 'There is no such statement, or it is not yours.',
  },
  reviews_open: {
    fr: 'Des vérifications de ce mois ne sont pas tranchées.',
    en: 'Some reviews of this period are not decided.',
  },
  sealing_counts_differ: {
    fr: 'Les comptes ne concordent pas : rien n’a été scellé. Prévenez l’exploitant.',
    en: 'The counts do not match: nothing was sealed. Tell the operator.',
  },
  sealing_waits: {
    fr: 'Une sauvegarde ou un rapport lit les scans : le scellement reprendra plus tard.',
    en: 'A backup or a report is reading the scans: sealing goes on later.',
  },
  scans_are_busy: {
    fr: 'Un scan est en cours. Réessayez dans une minute.',
    en: 'A scan is under way. Try again in a minute.',
  },
  freezing_in_progress: {
    fr: 'Le bordereau de cette structure est en cours d’écriture. Réessayez dans une minute.',
    en: 'The statement of this organisation is being written. Try again in a minute.',
  },
  batch_not_found: { fr: 'Cette remise de virements n’existe pas.', en: 'There is no such payment batch.' },
  batch_changed: {
    fr: 'Cette remise de virements vient de changer. Relisez-la.',
    en: 'This payment batch has just changed. Read it again.',
  },
  'batch_is_*': {
    fr: 'La remise de virements n’est pas dans un état qui permet cette action.',
    en: 'The payment batch is not in a state that allows this.',
  },
  draft_exists: {
    fr: 'Une remise en préparation existe déjà. Arrêtez-la d’abord.',
    en: 'There is a draft already. Freeze it first.',
  },
  nothing_to_pay: { fr: 'Aucune structure n’est à payer maintenant.', en: 'No organisation can be paid now.' },
  payee_changed: {
    fr: 'Un compte bancaire a changé : retirez son virement de la remise.',
    en: 'A bank account changed: withdraw its payout.',
  },
  payout_settled: {
    fr: 'Un virement de cette remise est déjà réglé : le fichier le paierait une seconde fois.',
    en: 'A payout of this batch is settled already: the file would pay it a second time.',
  },
  payout_not_found: { fr: 'Ce virement n’existe pas.', en: 'There is no such payout.' },
  payout_changed: {
    fr: 'Ce virement vient de changer. Relisez-le.',
    en: 'This payout has just changed. Read it again.',
  },
  'payout_is_*': {
    fr: 'Le virement n’est pas dans un état qui permet cette action.',
    en: 'The payout is not in a state that allows this.',
  },
  not_a_bank_day: {
    fr: 'Les banques sont fermées ce jour-là : les faits donnent le prochain jour ouvré.',
    en: 'Banks are closed that day: the facts give the next bank day.',
  },
  in_the_past: { fr: 'Ce jour est passé.', en: 'That day is over.' },
  in_the_future: { fr: 'Ce jour n’est pas encore venu.', en: 'That day has not come yet.' },
  transfer_changed: {
    fr: 'Cette écriture existe déjà avec un autre contenu.',
    en: 'This was posted before with another content.',
  },
  not_enough_money: { fr: 'Il n’y a pas assez d’argent pour cela.', en: 'There is not enough money for this.' },
  reserve_exhausted: {
    fr: 'La réserve ne couvre pas ce qui serait dû.',
    en: 'The reserve does not cover what would be owed.',
  },
  refund_takes_what_is_owed: {
    fr: 'La banque ne couvrirait plus ce qui doit être payé.',
    en: 'The bank would no longer cover what must be paid.',
  },
  foreign_keyring: {
    fr: 'Ce trousseau de clés est celui d’une autre base.',
    en: 'This keyring belongs to another database.',
  },
  kept_counts_missing: {
    fr: 'Le trousseau n’a pas les comptes de ce mois. Remettez une copie.',
    en: 'The keyring lacks the counts of this period. Bring a copy back.',
  },
  venue_place_decided: {
    fr: 'La coordination tient à jour où se trouve chaque lieu : écrivez-lui si le vôtre déménage.',
    en: 'The coordination keeps where each venue stands: write to it when yours moves.',
  },
  invalid_id: { fr: 'Cet identifiant est mal écrit.', en: 'This id is not written well.' },
  invalid_number: { fr: 'Ce numéro est hors limites.', en: 'This number is out of range.' },
  keyring_changed: {
    fr: 'Un autre processus vient d’écrire ce fichier du trousseau. Réessayez.',
    en: 'Another process has just written this file of the keyring. Try again.',
  },
  key_destroyed: { fr: 'Une clé détruite ne se refait jamais.', en: 'A destroyed key is never made again.' },
  unknown_kid: { fr: 'Cette clé de signature n’existe pas.', en: 'There is no such signing key.' },
  kid_not_active: { fr: 'Cette clé de signature n’est pas active.', en: 'This signing key is not active.' },
  kid_state: {
    fr: 'Cette clé de signature ne peut pas revenir à cet état.',
    en: 'This signing key cannot become that again.',
  },
  no_active_kid: { fr: 'Aucune clé ne signe de chèques en ce moment.', en: 'No key signs vouchers now.' },
  spent_list_shrinks: {
    fr: 'La liste des chèques utilisés ne peut que grandir.',
    en: 'The list of spent vouchers can only grow.',
  },
  code_key_missing: {
    fr: 'La clé des codes de ce tirage n’est plus dans le trousseau. Remettez une copie.',
    en: 'The code key of this print run is no longer in the keyring. Bring a copy back.',
  },
  no_active_box: {
    fr: 'Aucun colis de la campagne n’est actif : activez-en un premier.',
    en: 'No box of the campaign is active: activate a first one.',
  },
  not_the_requester: {
    fr: 'Seule la personne qui a demandé ce tirage peut le faire.',
    en: 'Only the person who asked for this print run can do this.',
  },
  receipt_confirmed: {
    fr: 'L’imprimeur a confirmé la réception : le fichier n’est plus disponible.',
    en: 'The printer has confirmed receipt: the file is no longer available.',
  },
  receipt_not_confirmed: {
    fr: 'L’imprimeur n’a pas encore confirmé la réception du fichier.',
    en: 'The printer has not confirmed receipt of the file yet.',
  },
  run_key_gone: {
    fr: 'La clé de ce tirage est détruite : ses codes ne se refont pas.',
    en: 'The key of this print run is destroyed: its codes are not made again.',
  },
  vouchers_were_accepted: {
    fr: 'Des chèques ont déjà été acceptés : on peut les bloquer, plus les révoquer.',
    en: 'Vouchers were accepted already: they can be stopped, no longer revoked.',
  },
  prescriber_known: { fr: 'Un prescripteur de ce nom existe déjà.', en: 'A prescriber of this name is there already.' },
  prescriber_not_found: { fr: 'Ce prescripteur n’existe pas.', en: 'There is no such prescriber.' },
  commune_unknown: { fr: 'Cette commune n’existe pas.', en: 'There is no such commune.' },
  campaign_missing: {
    fr: 'Plusieurs campagnes sont en cours : dites de laquelle sont les carnets.',
    en: 'Several campaigns run: say of which the books are.',
  },
  covers_the_wrong_way_round: {
    fr: 'Le dernier numéro de couverture est avant le premier.',
    en: 'The last cover is before the first.',
  },
  covers_unknown: {
    fr: 'Certains de ces numéros de couverture n’existent pas dans cette campagne.',
    en: 'Not all of these covers exist in this campaign.',
  },
  stop_order_not_found: { fr: 'Cette opposition n’existe pas.', en: 'There is no such stop order.' },
  no_books: { fr: 'Comptez au moins un carnet.', en: 'Count at least one book.' },
  not_a_month: { fr: 'Un mois s’écrit par son premier jour.', en: 'A month is written as its first day.' },
  month_in_the_future: { fr: 'Ce mois n’a pas commencé.', en: 'This month has not begun.' },
  fewer_than_none: {
    fr: 'On ne peut pas en reprendre davantage ce mois-ci.',
    en: 'No more can be taken back in this month.',
  },
  more_than_received: {
    fr: 'C’est plus que les carnets reçus par ce prescripteur.',
    en: 'That is more books than this prescriber received.',
  },
  figures_not_kept: {
    fr: 'Les usages de ce jour ont été fondus dans leur mois. Demandez un jour plus récent.',
    en: 'The uses of that day were counted into their month. Ask for a later day.',
  },
} as const
