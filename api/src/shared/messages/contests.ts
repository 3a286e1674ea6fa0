/** A refusal that is contested: what a venue may say against it, and what it is answered. Lent to the scanner by name. */
export const contestMessages = {
  'contest.reason.platform_down': {
    fr: 'Carnet n’a pas répondu pendant plus d’un jour',
    en: 'Carnet did not answer for more than a day',
  },
  'contest.reason.rule_is_wrong': {
    fr: 'Ce chèque devrait payer ce service, ici',
    en: 'This voucher should pay for this service, here',
  },
  'contest.reason.not_used_before': { fr: 'Ce chèque n’avait pas encore servi', en: 'This voucher had not been used' },
  'contest.reason.paper_is_good': {
    fr: 'Le chèque est lisible et semble vrai',
    en: 'The voucher can be read and looks genuine',
  },
  'contest.state.open': { fr: 'Envoyé à la coordination', en: 'Sent to the coordination' },
  'contest.state.open.next': {
    fr: 'Gardez le chèque. La réponse arrive ici.',
    en: 'Keep the voucher. The answer comes here.',
  },
  'contest.state.upheld': { fr: 'Le refus est maintenu', en: 'The refusal stays' },
  'contest.state.scan_again': { fr: 'Vous aviez raison', en: 'You were right' },
  'contest.state.scan_again.next': {
    fr: 'La cause est corrigée. Scannez de nouveau le chèque que vous avez gardé.',
    en: 'The cause was mended. Scan the voucher that you kept again.',
  },
  'contest.state.payment_proposed': { fr: 'Paiement proposé', en: 'A payment is proposed' },
  'contest.state.payment_proposed.next': {
    fr: 'Une deuxième personne doit l’approuver. Gardez le chèque.',
    en: 'A second person must approve it. Keep the voucher.',
  },
  'contest.state.paid': { fr: 'Il sera payé', en: 'It will be paid' },
  'contest.state.paid.next': {
    fr: 'Son montant est ajouté à votre prochain paiement. Le chèque ne peut plus servir : gardez-le 30\u00a0jours.',
    en: 'Its amount is added to your next payment. The voucher can no longer be used: keep it for 30 days.',
  },
  'contest.answer.rule_applies': {
    fr: 'La règle est bien celle de la campagne. Proposez un autre service, ou un lieu de la carte.',
    en: 'The rule is that of the campaign. Offer another service, or a venue of the map.',
  },
  'contest.answer.used_before': {
    fr: 'Il a déjà payé un accompagnement. Personne ne peut voir où : c’est ce qui protège la personne.',
    en: 'It has paid for a session already. Nobody can see where: this is what protects the person.',
  },
  'contest.answer.not_recognised': {
    fr: 'Il n’est dans aucune de nos listes. Gardez le papier : la coordination vous appellera.',
    en: 'It is in none of our lists. Keep the paper: the coordination will call you.',
  },
  'contest.answer.platform_was_up': {
    fr: 'Carnet répondait ce jour-là. Un scan envoyé plus tard reste à la charge du lieu.',
    en: 'Carnet answered on that day. A scan that is sent later is at the venue’s own risk.',
  },
  'contest.answer.payment_refused': {
    fr: 'La deuxième personne n’a pas approuvé le paiement. La coordination peut vous dire pourquoi.',
    en: 'The second person did not approve the payment. The coordination can tell you why.',
  },
  'scanner.contest': { fr: 'Contester ce refus', en: 'Contest this refusal' },
  'scanner.contest.short': { fr: 'Contester', en: 'Contest' },
  'scanner.contest.label': { fr: 'Contester le refus du chèque {rank}', en: 'Contest the refusal of voucher {rank}' },
  'scanner.contest.why': { fr: 'Pourquoi n’êtes-vous pas d’accord ?', en: 'Why do you disagree?' },
  'scanner.contest.private': {
    fr: 'La coordination voit le lieu, le service, le jour et le refus. Rien sur la personne, et rien de ce qu’a fait le chèque.',
    en: 'The coordination sees the venue, the service, the day and the refusal. Nothing about the person, nor what the voucher did.',
  },
  'scanner.contest.send': { fr: 'Envoyer à la coordination', en: 'Send to the coordination' },
  'scanner.contest.sent': {
    fr: 'Contestation gardée. Elle part à la coordination.',
    en: 'Your contest is kept. It leaves for the coordination.',
  },
  'scanner.contest.queued': { fr: 'Contestation enregistrée', en: 'Contest kept' },
  'scanner.contest.queued.next': {
    fr: 'Elle partira avec le réseau. Gardez le chèque.',
    en: 'It leaves with the network. Keep the voucher.',
  },
  'scanner.contest.not_taken': { fr: 'Trop tard pour contester ici', en: 'Too late to contest here' },
  'scanner.contest.not_taken.next': {
    fr: 'Le serveur ne garde plus ce refus. Scannez de nouveau le chèque, ou appelez la coordination.',
    en: 'The server no longer holds this refusal. Scan the voucher again, or call the coordination.',
  },
  'scanner.contest.seen': { fr: 'C’est vu', en: 'Seen' },
  'scanner.todo.contested': { fr: 'Contestés', en: 'Contested' },
} as const
