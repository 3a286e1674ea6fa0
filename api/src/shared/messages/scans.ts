/** The reasons for which a voucher is refused (closed list): what happened, and what to do next. The mediator reads them aloud. */
export const scanMessages = {
  'refusal.unknown_voucher': { fr: 'Ce chèque n’est pas reconnu.', en: 'This voucher is not known.' },
  'refusal.unknown_voucher.next': {
    fr: 'Scannez-le encore une fois. Si le refus revient, gardez le chèque et contestez.',
    en: 'Scan it once more. If it is refused again, keep the voucher and contest.',
  },
  'refusal.malformed_code': { fr: 'Ce code est incomplet ou mal lu.', en: 'This code is incomplete or badly read.' },
  'refusal.malformed_code.next': {
    fr: 'Scannez de nouveau, ou recopiez le code imprimé sous le QR.',
    en: 'Scan again, or type the code printed under the QR.',
  },
  'refusal.bad_signature': {
    fr: 'Ce chèque ne vient pas de notre imprimeur.',
    en: 'This voucher does not come from our printer.',
  },
  'refusal.bad_signature.next': {
    fr: 'Ne l’acceptez pas. S’il vous semble vrai, gardez-le et contestez.',
    en: 'Do not accept it. If it looks genuine, keep it and contest.',
  },
  'refusal.already_used': { fr: 'Ce chèque a déjà été utilisé.', en: 'This voucher was used already.' },
  'refusal.already_used.next': {
    fr: 'Demandez un autre chèque du carnet.',
    en: 'Ask for another voucher of the book.',
  },
  'refusal.already_used.here': {
    fr: 'Vous avez déjà scanné ce chèque aujourd’hui, dans ce lieu.',
    en: 'You scanned this voucher today, at this venue.',
  },
  'refusal.already_used.here.next': {
    fr: 'Il est déjà compté : vous n’avez rien à faire.',
    en: 'It is counted: there is nothing to do.',
  },
  'refusal.not_active': { fr: 'Ce chèque n’est pas encore actif.', en: 'This voucher is not active yet.' },
  'refusal.not_active.next': {
    fr: 'Son colis n’a pas encore été mis en service. Gardez le chèque et contestez : la coordination est prévenue.',
    en: 'Its box was not put into service yet. Keep the voucher and contest: the coordination is told.',
  },
  'refusal.blocked': {
    fr: 'Ce carnet est bloqué : il a été déclaré perdu, volé ou abîmé.',
    en: 'This book is blocked: it was reported lost, stolen or damaged.',
  },
  'refusal.blocked.next': {
    fr: 'N’acceptez pas le chèque. La personne peut s’adresser à qui lui a remis le carnet.',
    en: 'Do not accept the voucher. The person can turn to whoever handed out the book.',
  },
  'refusal.expired': {
    fr: 'Ce chèque n’est plus valable : sa campagne est finie.',
    en: 'This voucher is no longer valid: its campaign is over.',
  },
  'refusal.expired.next': {
    fr: 'Il ne paie plus rien. La personne peut demander un autre carnet là où elle a reçu celui-ci.',
    en: 'It pays nothing any more. The person can ask for another book where this one was handed out.',
  },
  'refusal.campaign_not_open': {
    fr: 'La campagne de ce chèque n’est pas ouverte.',
    en: 'The campaign of this voucher is not open.',
  },
  'refusal.campaign_not_open.next': {
    fr: 'Rendez le chèque : il servira plus tard. La date est sur la couverture ; si elle est passée, contestez.',
    en: 'Give the voucher back: it will serve later. The date is on the cover; if it has passed, contest.',
  },
  'refusal.out_of_area': {
    fr: 'Ce chèque ne s’utilise pas sur ce territoire.',
    en: 'This voucher cannot be used in this area.',
  },
  'refusal.out_of_area.next': {
    fr: 'Rendez le chèque : il reste bon. La page « Où utiliser mes chèques » montre les lieux qui l’acceptent.',
    en: 'Give the voucher back: it is still good. The page “Où utiliser mes chèques” shows the venues that take it.',
  },
  'refusal.service_not_offered': {
    fr: 'Ce lieu ne propose pas ce service.',
    en: 'This venue does not offer this service.',
  },
  'refusal.service_not_offered.next': {
    fr: 'Le chèque reste bon. Choisissez le service que vous avez vraiment rendu.',
    en: 'The voucher is still good. Choose the service that you really gave.',
  },
  'refusal.service_not_covered': {
    fr: 'Cette campagne ne paie pas ce service.',
    en: 'This campaign does not pay for this service.',
  },
  'refusal.service_not_covered.next': {
    fr: 'Le chèque reste bon. Changez de service si vous en avez rendu un autre ; sinon, rendez le chèque.',
    en: 'The voucher is still good. Change the service if you gave another one; else give the voucher back.',
  },
  'refusal.venue_not_qualified': {
    fr: 'Ce lieu ne pouvait pas recevoir de chèques ce jour-là.',
    en: 'This venue could not take vouchers on that day.',
  },
  'refusal.venue_not_qualified.next': {
    fr: 'Rendez le chèque : il reste bon ailleurs. La personne qui gère le lieu peut appeler la coordination.',
    en: 'Give the voucher back: it is still good elsewhere. The manager of the venue can call the coordination.',
  },
  'refusal.too_old': {
    fr: 'Cet accompagnement arrive trop tard : la campagne ne reçoit plus de scans.',
    en: 'This scan comes too late: the campaign takes no more scans.',
  },
  'refusal.too_old.next': {
    fr: 'Gardez le chèque et contestez : la coordination peut seule décider d’un montant.',
    en: 'Keep the voucher and contest: the coordination alone can decide on an amount.',
  },
  'refusal.withdrawn': { fr: 'Ce scan a été annulé avant d’arriver.', en: 'This scan was undone before it arrived.' },
  'refusal.withdrawn.next': {
    fr: 'Le chèque reste bon : scannez-le de nouveau si l’accompagnement a eu lieu.',
    en: 'The voucher is still good: scan it again if the session took place.',
  },
  'refusal.unknown_device_limit': {
    fr: 'Trop de codes inconnus viennent de ce téléphone aujourd’hui.',
    en: 'Too many unknown codes came from this phone today.',
  },
  'refusal.unknown_device_limit.next': {
    fr: 'Les chèques valables passent toujours. Recommencez demain pour les autres, ou prévenez la coordination.',
    en: 'Valid vouchers still pass. Try the others tomorrow, or tell the coordination.',
  },
  'refusal.scan_id_reused': {
    fr: 'Deux scans différents ont le même numéro.',
    en: 'Two different scans have the same number.',
  },
  'refusal.scan_id_reused.next': {
    fr: 'Scannez de nouveau le chèque : le téléphone prendra un autre numéro.',
    en: 'Scan the voucher again: the phone will take another number.',
  },
  'scan.accepted': { fr: 'Chèque accepté.', en: 'Voucher accepted.' },
  'scan.retry': {
    fr: 'Impossible de vérifier maintenant. Le scan est gardé et partira tout seul.',
    en: 'It cannot be verified now. The scan is kept and will leave by itself.',
  },
  'scan.withdrawn': { fr: 'Scan annulé avant son arrivée.', en: 'Scan undone before it arrived.' },
} as const
