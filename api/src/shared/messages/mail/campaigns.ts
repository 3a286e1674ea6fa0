/** What funders, prescribers and coordinators read of a campaign by mail: what to sign, what to pay, how it ends. */
export const campaignMailMessages = {
  'amendment.extension': { fr: 'prolonger la campagne', en: 'extend the campaign' },
  'amendment.cancellation': { fr: 'arrêter la campagne', en: 'end the campaign' },
  'amendment.top_up': { fr: 'augmenter le budget de la campagne', en: 'raise the budget of the campaign' },
  'mail.amendment_proposed.subject': {
    fr: '{campaign} : un avenant à signer',
    en: '{campaign}: an amendment to sign',
  },
  'mail.amendment_proposed.says': {
    fr: 'La coordination propose de {what} « {campaign} ». Motif : {reason}',
    en: 'The coordination proposes to {what} “{campaign}”. Reason: {reason}',
  },
  'mail.amendment_proposed.how': {
    fr: 'Rien ne change avant la signature de chaque financeur.',
    en: 'Nothing changes before every funder has signed.',
  },
  'mail.amendment_agreed.subject': { fr: '{campaign} : avenant signé', en: '{campaign}: amendment signed' },
  'mail.amendment_agreed.says': {
    fr: 'Tous ont signé l’avenant pour {what} « {campaign} ». Il prend effet aujourd’hui.',
    en: 'Everybody signed the amendment to {what} “{campaign}”. It takes effect today.',
  },
  'mail.agreements.open': { fr: 'Lire les accords et les appels de fonds', en: 'Read agreements and funding calls' },
  'mail.funds_called.subject': {
    fr: '{campaign} : appel de fonds de {amount}',
    en: '{campaign}: funding call, {amount}',
  },
  'mail.funds_called.says': {
    fr: 'Pour « {campaign} », {amount} sont à verser au plus tard le {day}.',
    en: 'For “{campaign}”, {amount} is to be paid by {day}.',
  },
  'mail.funds_called.reference': {
    fr: 'Écrivez cette référence sur le virement : {reference}. Elle rattache l’argent à votre campagne. L’IBAN à créditer est sur votre page « Factures » : il n’est jamais envoyé par courriel.',
    en: 'Write this reference on the transfer: {reference}. It ties the money to your campaign. The IBAN to pay to is on your page “Invoices”: it is never sent by mail.',
  },
  'mail.balance_low.subject': { fr: '{campaign} : le solde est bas', en: '{campaign}: the balance is low' },
  'mail.balance_low.below_orders': {
    fr: 'Il reste {amount} disponibles, et {needed} sont nécessaires pour activer les carnets commandés.',
    en: '{amount} is available, and {needed} is needed to activate the books that were ordered.',
  },
  'mail.balance_low.below_share': {
    fr: 'Il reste {amount} disponibles, moins que le seuil convenu de {needed}.',
    en: '{amount} is available, less than the agreed {needed}.',
  },
  'mail.balance_low.says': { fr: '« {campaign} » : {why}', en: '“{campaign}”: {why}' },
  'mail.balance_low.once': {
    fr: 'Ce message n’est envoyé qu’une fois, tant que la situation ne change pas.',
    en: 'This message is sent once, until the situation changes.',
  },
  'mail.ending.open': { fr: 'Suivre la fin de validité', en: 'Follow the end of validity' },
  'mail.ending_alert.subject': {
    fr: '{campaign} : dernier jour le {day}',
    en: '{campaign}: last day on {day}',
  },
  'mail.ending_alert.says': {
    fr: 'Les chèques de « {campaign} » s’utilisent jusqu’au {day}.',
    en: 'The vouchers of “{campaign}” can be used until {day}.',
  },
  'mail.ending_alert.counts': {
    fr: 'Carnets émis : {issued}. Remis : {handedOut}. Émis et non remis : {notHandedOut}. Entamés : {started}.',
    en: 'Books issued: {issued}. Handed out: {handedOut}. Issued and not handed out: {notHandedOut}. Started: {started}.',
  },
  'mail.ending_blocking.subject': {
    fr: '{campaign} : approuver le blocage des carnets restants',
    en: '{campaign}: approve the blocking of books that are left',
  },
  'mail.ending_blocking.says': {
    fr: 'Il reste quinze jours avant le {day}. Les prescripteurs cessent de remettre des carnets de « {campaign} » et déclarent ceux qui leur restent ; eux seuls seront bloqués, avec votre accord.',
    en: 'Fifteen days are left until {day}. Prescribers stop handing out books of “{campaign}” and declare those they still have; only these will be blocked, with your approval.',
  },
  'mail.ending_stop.subject': {
    fr: '{campaign} : ne remettez plus de carnets',
    en: '{campaign}: hand out no more books',
  },
  'mail.ending_stop.says': {
    fr: 'Les chèques de « {campaign} » s’utilisent jusqu’au {day} : un carnet remis maintenant aurait trop peu de temps. Déclarez les couvertures qui vous restent.',
    en: 'The vouchers of “{campaign}” can be used until {day}: a book handed out now would have too little time. Declare the covers you still have.',
  },
  'mail.ending_stop.open': { fr: 'Déclarer les carnets restants', en: 'Declare the books left' },
  'mail.ending_late.subject': {
    fr: '{campaign} : vous répondez des remises tardives',
    en: '{campaign}: you answer for late hand-outs',
  },
  'mail.ending_late.says': {
    fr: 'Il reste sept jours avant le {day}. Un carnet de « {campaign} » remis à partir d’aujourd’hui l’est sous votre responsabilité.',
    en: 'Seven days are left until {day}. A book of “{campaign}” handed out from today on is your responsibility.',
  },
  'mail.ending_settled.subject': {
    fr: '{campaign} : un état contradictoire à signer',
    en: '{campaign}: a joint statement to sign',
  },
  'mail.ending_settled.says': {
    fr: '« {campaign} » est close. L’état contradictoire dit au centime ce qui a été émis, utilisé et expiré : les deux parties le signent.',
    en: '“{campaign}” is closed. The joint statement tells to the cent what was issued, used and expired: both sides sign it.',
  },
} as const
