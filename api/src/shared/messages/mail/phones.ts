/** The page that takes the file of a phone. */
export const queueFileMessages = {
  'queue_file.title': { fr: 'Recevoir le fichier d’un téléphone', en: 'Take the file of a phone' },
  'queue_file.lede': {
    fr: 'Un téléphone qui n’arrive plus à envoyer enregistre ses chèques dans un fichier. Déposez-le ici : un chèque déposé deux fois compte une fois.',
    en: 'A phone that can no longer send saves its vouchers to a file. Hand it in here: a voucher handed in twice counts once.',
  },
  'queue_file.give': { fr: 'Déposer le fichier', en: 'Hand in the file' },
  'queue_file.file': { fr: 'Fichier carnet-cheques.json', en: 'File carnet-cheques.json' },
  'queue_file.send': { fr: 'Envoyer', en: 'Send' },
  'queue_file.done': {
    fr: '{accepted} chèques acceptés, {refused} refusés',
    en: '{accepted} vouchers accepted, {refused} refused',
  },
  'queue_file.all_accepted': {
    fr: 'Tout est compté. Gardez les chèques 30 jours.',
    en: 'All is counted. Keep the vouchers for 30 days.',
  },
  'queue_file.refused': {
    fr: 'Un chèque refusé ici l’aurait été au scan. Rescannez le papier pour en lire la raison.',
    en: 'A voucher refused here would have been refused when scanned. Scan the paper again to read the reason.',
  },
  'queue_file.contests': {
    fr: 'Contestations envoyées à la coordination : {count}.',
    en: 'Contests sent to the coordination: {count}.',
  },
  'queue_file.retry': {
    fr: 'Le serveur n’a pas pu répondre pour tous. Déposez le même fichier dans quelques minutes.',
    en: 'The server could not answer for all. Hand in the same file in a few minutes.',
  },
  'queue_file.wrong': { fr: 'Ce n’est pas le fichier d’un téléphone.', en: 'This is not the file of a phone.' },
  'queue_file.wrong.says': {
    fr: 'Choisissez le fichier que le téléphone a enregistré. Rien n’a été compté.',
    en: 'Choose the file that the phone saved. Nothing was counted.',
  },
} as const

/** Mails to the managers of a venue about its phones. No scan, no code and no hour is in them. */
export const phoneMailMessages = {
  'mail.silent_phone.subject': {
    fr: 'Le téléphone « {label} » garde des chèques non envoyés',
    en: 'The phone “{label}” holds vouchers that were not sent',
  },
  'mail.silent_phone.says': {
    fr: 'Le {day}, le téléphone « {label} » a dit garder {count} chèques. Il ne s’est plus connecté depuis.',
    en: 'On {day} the phone “{label}” said that it holds {count} vouchers. It has not connected since.',
  },
  'mail.silent_phone.do': {
    fr: 'Connectez-le à internet et ouvrez Carnet : les chèques partent tout seuls. S’il est perdu ou effacé, rescannez les chèques en papier avec un autre téléphone : aucun ne compte deux fois.',
    en: 'Connect it to the internet and open Carnet: the vouchers leave by themselves. If it is lost or wiped, scan the paper vouchers again with another phone: none counts twice.',
  },
  'mail.phone_enrolled_anew.subject': {
    fr: 'Un téléphone vient d’être relié : « {label} » garde-t-il encore des chèques ?',
    en: 'A phone was just linked: does “{label}” still hold vouchers?',
  },
  'mail.phone_enrolled_anew.says': {
    fr: 'Un téléphone sans mémoire vient d’être relié à votre structure. Le {day}, « {label} » a dit garder {count} chèques.',
    en: 'A phone with an empty memory was just linked to your organisation. On {day}, “{label}” said that it holds {count} vouchers.',
  },
  'mail.phone_enrolled_anew.do': {
    fr: 'Si c’est le même téléphone, il a été effacé : rescannez ces chèques en papier, aucun ne compte deux fois. Sinon, il n’y a rien à faire.',
    en: 'If it is the same phone, it was wiped: scan those paper vouchers again, none counts twice. Otherwise there is nothing to do.',
  },
  'mail.phones.open': { fr: 'Voir les téléphones', en: 'See the phones' },
} as const
