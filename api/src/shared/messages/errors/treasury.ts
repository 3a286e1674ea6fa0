/** What the bank's files, money in suspense and orders of two people are refused for. */
export const treasuryErrors = {
  funding_call_not_found: { fr: 'Cet appel de fonds n’existe pas.', en: 'There is no such funding call.' },
  call_exceeds_part: {
    fr: 'Cet appel, avec les précédents, dépasse la part du financeur dans le budget de la campagne.',
    en: 'With those before it, that call is more than the funder’s part of the campaign’s budget.',
  },
  invoice_not_found: {
    fr: 'Cette facture n’existe pas, ou n’est pas à vous.',
    en: 'There is no such invoice, or it is not yours.',
  },
  paying_account_not_found: { fr: 'Ce compte payeur n’existe pas.', en: 'There is no such paying account.' },
  journal_day_not_over: {
    fr: 'Le journal s’arrête au plus tard hier : un jour qui n’est pas fini peut encore changer.',
    en: 'The journal ends yesterday at the latest: a day that is not over can still change.',
  },
  account_holder_not_found: {
    fr: 'Dites d’abord qui tient ce compte : SIRET, adresse et mention de TVA.',
    en: 'First say who holds that account: SIRET, address and what is said of VAT.',
  },
  year_not_told: { fr: 'Il n’y a pas encore de compte de cette année.', en: 'There is no account of that year yet.' },
  euros_unreadable: {
    fr: 'Un montant en euros, avec deux décimales au plus, par exemple 120,50.',
    en: 'An amount in euros with two decimals at most, for example 120.50.',
  },
  text_missing: { fr: 'Il manque quelques mots.', en: 'Some words are missing.' },
  call_is_invoiced: { fr: 'Cet appel de fonds a déjà sa facture.', en: 'That call has its invoice already.' },
  funder_without_siret: {
    fr: 'Un organisme public se facture avec son SIRET : ajoutez-le à sa fiche.',
    en: 'A public body is invoiced by its SIRET: add it to its details.',
  },
  not_an_invoice: { fr: 'Seule une facture reçoit un avoir.', en: 'Only an invoice is credited.' },
  credits_too_much: {
    fr: 'L’avoir dépasse ce qui reste de la facture.',
    en: 'The credit note is more than what is left of the invoice.',
  },
  bank_file_unreadable: {
    fr: 'Ce fichier n’est pas un fichier XML lisible.',
    en: 'This is no XML file that can be read.',
  },
  bank_file_has_doctype: {
    fr: 'Ce fichier contient une définition de type : aucun fichier de banque n’en contient.',
    en: 'This file holds a document type definition: no bank’s file does.',
  },
  bank_file_unknown: {
    fr: 'Ce n’est ni une réponse à une remise (pain.002), ni un relevé (camt.053), ni un avis (camt.054).',
    en: 'This is no answer to payments (pain.002), statement (camt.053) or notice (camt.054).',
  },
  bank_file_incomplete: {
    fr: 'Il manque au fichier le compte, le jour, le sens ou le montant d’un mouvement.',
    en: 'The file lacks the account, day, direction or amount of a movement.',
  },
  bank_amount_unreadable: {
    fr: 'Un montant du fichier n’est pas en euros et centimes entiers.',
    en: 'An amount of the file is not in euros and whole cents.',
  },
  receipt_owner_missing: { fr: 'Choisissez à qui est cet argent.', en: 'Choose whose money this is.' },
  bank_file_not_found: { fr: 'Ce fichier de la banque n’existe pas.', en: 'There is no such file of the bank.' },
  line_is_settled: {
    fr: 'Cette ligne n’attend plus rien : quelqu’un l’a traitée.',
    en: 'This line waits for nothing: somebody has closed it.',
  },
  receipt_not_found: { fr: 'Cette somme reçue n’existe pas.', en: 'There is no such receipt.' },
  'receipt_is_*': { fr: 'Cette somme a déjà été attribuée ou rendue.', en: 'This money was attributed or sent back.' },
  another_paying_account: {
    fr: 'La somme est sur un autre compte bancaire que celui de la campagne.',
    en: 'The money lies on another bank account than the campaign’s.',
  },
  same_campaign: { fr: 'La somme est déjà dans cette campagne.', en: 'The money is in that campaign already.' },
  order_not_found: { fr: 'Cet ordre n’existe pas.', en: 'There is no such order.' },
  'order_is_*': { fr: 'Cet ordre a déjà été décidé.', en: 'This order was decided already.' },
  order_changed: {
    fr: 'Cette référence est celle d’un autre ordre.',
    en: 'This reference is of another order.',
  },
  corrects_too_much: {
    fr: 'Cette structure n’a pas été payée pour autant de chèques.',
    en: 'This organisation was not paid for so many vouchers.',
  },
  hold_too_long: { fr: 'Une retenue dure 45 jours au plus.', en: 'A hold lasts 45 days at most.' },
  hold_not_found: { fr: 'Cette retenue n’existe pas.', en: 'There is no such hold.' },
  hold_is_lifted: { fr: 'Cette retenue est déjà levée.', en: 'This hold is lifted already.' },
  review_not_found: {
    fr: 'Cette vérification n’existe pas, ou est décidée.',
    en: 'There is no such review, or it is decided.',
  },
}
