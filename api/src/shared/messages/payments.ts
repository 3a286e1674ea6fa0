/** What keeps money from being paid: on the venue's home, and in the mails about it. */
export const paymentMessages = {
  'obstacle.no_verified_account': {
    fr: 'Aucun compte bancaire n’est vérifié. La somme vous reste due, et sera payée en une fois dès que le compte le sera.',
    en: 'No bank account is verified: the money waits, and is paid at once when one is.',
  },
  'obstacle.account_to_verify_again': {
    fr: 'La banque a refusé le dernier versement : vérifiez l’IBAN et le titulaire, puis donnez le compte de nouveau.',
    en: 'The bank refused the last payment: check the IBAN and the holder, then give the account again.',
  },
  'obstacle.held': {
    fr: 'Les versements sont suspendus jusqu’au {day} au plus tard. Raison : {note}',
    en: 'Payments are held until {day} at the latest. Reason: {note}',
  },
  'obstacle.under_review': {
    fr: 'Une partie de la somme est relue par la coordination, et payée le {day} au plus tard.',
    en: 'A part of the money is read over by the coordinators, and paid on {day} at the latest.',
  },
  'obstacle.phones_owe': {
    fr: 'Des téléphones gardent encore {count} accompagnements : ouvrez-les une fois avec du réseau.',
    en: 'Phones still hold {count} sessions: open them once with a network.',
  },
  'oddity.title': {
    fr: 'À regarder avant d’approuver : {count} sur {whole}, {amount}',
    en: 'To look at before approving: {count} of {whole}, {amount}',
  },
  'oddity.says': {
    fr: 'Rien n’est bloqué. En cas de doute, retirez la ligne avec une raison : la somme reste due à la structure, et la liste s’approuve de nouveau.',
    en: 'Nothing is stopped. When in doubt, take the line out and say why: the money stays owed to the organisation, and the list is approved again.',
  },
  'batch.withdraw': { fr: 'Retirer', en: 'Take out' },
  'batch.withdraw.reason': { fr: 'Pourquoi', en: 'Why' },
  'batch.withdraw.do': { fr: 'Retirer de la remise', en: 'Take out of the batch' },
  'oddity.first_payment': { fr: 'Premier versement', en: 'First payment' },
  'oddity.account_new': { fr: 'Compte changé il y a {days} jours', en: 'Account changed {days} days ago' },
  'oddity.account_shared': {
    fr: 'Même IBAN qu’une autre structure',
    en: 'The same IBAN as another organisation',
  },
  'oddity.amount_high': {
    fr: 'Plus haut que d’habitude (d’ordinaire {median})',
    en: 'Higher than usual (usually {median})',
  },
  'mail.statement_ready.subject': { fr: 'Votre bordereau {of_month}', en: 'Your statement {of_month}' },
  'mail.statement_ready.says': {
    fr: 'Le bordereau n° {number} est établi : {count} accompagnements, {amount} à vous verser.',
    en: 'Statement no. {number} is made: {count} sessions, {amount} to pay to you.',
  },
  'mail.statement_ready.paid': {
    fr: 'Le virement part le {day}. Vous n’avez rien à demander. Le bordereau se lit et s’imprime sur votre page, en PDF et en CSV.',
    en: 'The transfer leaves on {day}. You need not ask for anything. The statement is on your page, as PDF and CSV.',
  },
  'mail.statement_ready.open': { fr: 'Lire le bordereau', en: 'Read the statement' },
  'mail.payment_warning.subject': {
    fr: 'Avant votre prochain versement : une chose à régler',
    en: 'Before your next payment: something to settle',
  },
  'mail.payment_warning.says': {
    fr: 'Le bordereau de {organisation} est arrêté le {day}. Voici ce qui retarderait le versement :',
    en: 'The statement of {organisation} is fixed on {day}. This would delay the payment:',
  },
  'mail.payment_warning.reasons': { fr: '{reasons}', en: '{reasons}' },
  'mail.payment_warning.kept': {
    fr: 'Rien n’est perdu : ce qui n’est pas payé reste dû.',
    en: 'Nothing is lost: what is not paid stays owed.',
  },
  'mail.payment_warning.open': { fr: 'Ouvrir l’espace du lieu', en: 'Open the venue’s pages' },
  'mail.payout_failed.subject': { fr: 'Un versement ne vous est pas parvenu', en: 'A payment did not reach you' },
  'mail.payout_failed.says': {
    fr: 'Le versement de {amount} sur le compte finissant par {account} n’a pas abouti ({day}). Raison donnée par la banque : {reason}',
    en: 'The payment of {amount} to the account ending in {account} failed ({day}). Reason given by the bank: {reason}',
  },
  'mail.payout_failed.do': {
    fr: 'La somme vous reste due. Vérifiez l’IBAN et le nom du titulaire auprès de votre banque, puis donnez le compte de nouveau : elle part avec la remise qui suit sa vérification.',
    en: 'The money stays owed to you. Check the IBAN and the holder’s name with your bank, then give the account again: it leaves with the batch after its verification.',
  },
  'mail.payout_failed.open': { fr: 'Donner le compte', en: 'Give the account' },
} as const
