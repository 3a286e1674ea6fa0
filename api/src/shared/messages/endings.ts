/** The end of validity: what its pages and its papers say. */
export const endingMessages = {
  'ending.started.few': { fr: 'moins de {fewest}', en: 'fewer than {fewest}' },
  'ending.credit.subject': {
    fr: '{campaign}, {vouchers} chèques expirés à leur valeur faciale',
    en: '{campaign}, {vouchers} vouchers that expired, at face value',
  },
  'repayment.title': { fr: 'Demande de remboursement', en: 'Repayment request' },
  'repayment.on': { fr: 'Situation au {day}', en: 'As of {day}' },
  'repayment.line': {
    fr: 'Accompagnements annulés après paiement, {campaign}',
    en: 'Uses undone after they were paid, {campaign}',
  },
  'repayment.total': { fr: 'À rembourser', en: 'To pay back' },
  'repayment.account': {
    fr: 'Par virement à {holder}, IBAN {iban}, BIC {bic}, avec la référence {reference}.',
    en: 'By transfer to {holder}, IBAN {iban}, BIC {bic}, with the reference {reference}.',
  },
  'repayment.netting': {
    fr: 'Si rien n’est versé, cette somme est retenue sur le prochain bordereau.',
    en: 'If nothing is paid, this sum is held back from the next statement.',
  },
  'repayment.notice': { fr: 'Vous avez une somme à rembourser', en: 'You have a sum to pay back' },
  'repayment.notice.says': {
    fr: '{amount}, pour des accompagnements annulés après paiement. Elle sera retenue sur votre prochain bordereau, ou vous pouvez la virer.',
    en: '{amount}, for sessions undone after they were paid. It will be held back from your next statement, or you may transfer it.',
  },
  'repayment.open': { fr: 'Lire la demande', en: 'Read the request' },
  'joint.title': { fr: 'État contradictoire n° {number}, {campaign}', en: 'Joint statement no. {number}, {campaign}' },
  'joint.with': { fr: 'et {funder}', en: 'and {funder}' },
  'joint.dates': {
    fr: 'Chèques valables du {from} au {until}, accompagnements acceptés jusqu’au {uses}.',
    en: 'Vouchers valid from {from} to {until}, sessions accepted until {uses}.',
  },
  'joint.made': { fr: 'Établi le {day}.', en: 'Made on {day}.' },
  'joint.hash': { fr: 'Empreinte SHA-256 du texte signé : {hash}', en: 'SHA-256 hash of the signed text: {hash}' },
  'joint.signed.coordination': {
    fr: 'Signé pour la coordination par {name}, le {day}',
    en: 'Signed for the coordination by {name}, on {day}',
  },
  'joint.signed.funder': {
    fr: 'Signé pour le financeur par {name}, le {day}',
    en: 'Signed for the funder by {name}, on {day}',
  },
  'joint.unsigned.coordination': {
    fr: 'En attente de la signature de la coordination',
    en: 'The coordination has not signed yet',
  },
  'joint.unsigned.funder': {
    fr: 'En attente de la signature du financeur',
    en: 'The funder has not signed yet',
  },
  'joint.part': { fr: 'Part du financeur dans un chèque', en: 'The funder’s part of a voucher' },
  'joint.vouchers.issued': { fr: 'Chèques émis', en: 'Vouchers issued' },
  'joint.vouchers.used': { fr: 'Chèques utilisés', en: 'Vouchers used' },
  'joint.vouchers.expired': { fr: 'Chèques expirés', en: 'Vouchers expired' },
  'joint.cents.received': { fr: 'Reçu du financeur', en: 'Received from the funder' },
  'joint.cents.movedIn': { fr: 'Venu d’une autre campagne', en: 'Moved from another campaign' },
  'joint.cents.movedOut': { fr: 'Passé à une autre campagne', en: 'Moved to another campaign' },
  'joint.cents.refunded': { fr: 'Remboursé', en: 'Refunded' },
  'joint.cents.corrected': { fr: 'Rendu par correction', en: 'Given back by correction' },
  'joint.cents.used': { fr: 'Utilisé', en: 'Used' },
  'joint.cents.expired': { fr: 'Expiré, à rendre', en: 'Expired, to give back' },
  'joint.cents.available': { fr: 'Jamais émis, à rendre', en: 'Never issued, to give back' },
  'joint.cents.credited': { fr: 'Avoirs établis', en: 'Credit notes made' },
  'joint.cents.notInvoiced': {
    fr: 'Expiré, versé sans facture : sans avoir',
    en: 'Expired, paid without an invoice: no credit note',
  },
  'joint.note': { fr: 'Avoir', en: 'Credit note' },
} as const
