/** The scanner's rarer screens: a phone that cannot send, its rules, the first-day exercise, a prescriber's phone. */
export const phoneMessages = {
  'scanner.rules.aged': {
    fr: 'Ce téléphone n’a pas vu le réseau depuis longtemps. Ses règles valent {days} jours.',
    en: 'This phone has not seen a network for a long time. Its rules are good for {days} days.',
  },
  'scanner.rules.over': {
    fr: 'Les règles de ce téléphone ont plus de {days} jours : il garde les chèques sans pouvoir les vérifier.',
    en: 'The rules of this phone are older than {days} days: it keeps vouchers and cannot verify them.',
  },
  'scanner.elsewhere': {
    fr: '{count} chèques scannés pour un autre lieu attendent ici.',
    en: '{count} vouchers scanned for another venue wait here.',
  },
  'scanner.elsewhere.one': {
    fr: '1 chèque scanné pour un autre lieu attend ici.',
    en: '1 voucher scanned for another venue waits here.',
  },
  'scanner.elsewhere.next': {
    fr: 'Reliez ce téléphone à ce lieu pour les envoyer, ou sauvez-les dans un fichier.',
    en: 'Link this phone to that venue to send them, or save them to a file.',
  },
  'scanner.rescue': { fr: 'Sauver les chèques en attente', en: 'Save the waiting vouchers' },
  'scanner.rescue.lead': {
    fr: 'Pour un téléphone qui n’arrive plus à envoyer. Les chèques restent aussi sur ce téléphone.',
    en: 'For a phone that can no longer send. The vouchers stay on this phone as well.',
  },
  'scanner.rescue.count': { fr: '{count} chèques à sauver', en: '{count} vouchers to save' },
  'scanner.rescue.count.one': { fr: '1 chèque à sauver', en: '1 voucher to save' },
  'scanner.rescue.step.save': { fr: 'Enregistrez le fichier.', en: 'Save the file.' },
  'scanner.rescue.step.give': {
    fr: 'Donnez-le à la personne qui gère le lieu : elle le dépose dans « Téléphones ».',
    en: 'Give it to the manager of the venue, who hands it in under “Phones”.',
  },
  'scanner.rescue.step.keep': {
    fr: 'Gardez les chèques en papier jusqu’à sa réponse.',
    en: 'Keep the paper vouchers until the answer.',
  },
  'scanner.rescue.save': { fr: 'Enregistrer le fichier', en: 'Save the file' },
  'scanner.rescue.share': { fr: 'Envoyer le fichier', en: 'Send the file' },
  'scanner.rescue.saved': { fr: 'Le fichier {name} est enregistré.', en: 'The file {name} is saved.' },
  'scanner.rescue.closed': {
    fr: 'Le fichier est fermé : seul le serveur peut le lire, et un chèque déposé deux fois compte une fois.',
    en: 'The file is closed: only the server can read it, and a voucher handed in twice counts once.',
  },
} as const
