/** The start page. */
export const startMessages = {
  'start.title': { fr: 'Des chèques pour apprendre le numérique', en: 'Vouchers for learning digital skills' },
  'start.lead': {
    fr: 'Un carnet, dix chèques, dix accompagnements dans un lieu près de chez soi. Payés d’avance, suivis sans suivre personne.',
    en: 'One book, ten vouchers, ten sessions at a venue nearby. Paid in advance, and followed without following anybody.',
  },
  'start.step.1': { fr: '1. Un financeur paie', en: '1. A funder pays' },
  'start.step.1.says': {
    fr: 'L’argent est mis de côté avant qu’un carnet ne serve : un chèque actif est toujours couvert.',
    en: 'The money is set aside before a book is used: an active voucher is always covered.',
  },
  'start.step.2': { fr: '2. Un prescripteur remet', en: '2. A prescriber hands out' },
  'start.step.2.says': {
    fr: 'La personne reçoit un carnet, sans donner son nom. Personne n’écrit à qui il est remis.',
    en: 'A person receives a book and gives no name. Nobody writes down to whom it went.',
  },
  'start.step.3': { fr: '3. Un lieu accompagne', en: '3. A venue helps' },
  'start.step.3.says': {
    fr: 'Le médiateur scanne le chèque à la fin de l’atelier. Sa structure est payée le mois suivant, sans rien demander.',
    en: 'The mediator scans the voucher at the end of the workshop. The organisation is paid the next month, with no claim.',
  },
  'start.promise.title': { fr: 'Notre promesse', en: 'Our promise' },
  'start.promise': {
    fr: 'Nous suivons les usages, jamais les personnes : aucune table, aucun journal ne sait qui a reçu un carnet.',
    en: 'We track the uses, never the people: no table and no log knows who received a book.',
  },
  'start.where': { fr: 'Pour tout le monde', en: 'For everybody' },
  'start.where.says': { fr: 'Sans compte et sans laisser de trace.', en: 'No account, and no trace left.' },
  'start.where.venues': {
    fr: 'Les lieux près d’une commune, leurs horaires et ce qu’on y apprend.',
    en: 'The venues near a commune, their hours and what can be learned there.',
  },
  'start.where.catalogue.title': { fr: 'Ce qu’un chèque peut payer', en: 'What a voucher can pay for' },
  'start.where.catalogue': {
    fr: 'Les services, cherchés avec les mots de tous les jours.',
    en: 'The services, found with everyday words.',
  },
  'start.where.privacy': {
    fr: 'Ce qui est gardé, combien de temps, et nos limites.',
    en: 'What is kept, for how long, and our limits.',
  },
  'start.where.scanner.title': { fr: 'Le scanner des médiateurs', en: 'The mediators’ scanner' },
  'start.where.scanner': {
    fr: 'Dans le navigateur d’un téléphone, avec ou sans réseau.',
    en: 'In the browser of a phone, with or without a network.',
  },
  'start.open': { fr: 'Ouvrir', en: 'Open' },
  'start.open_what': { fr: 'Ouvrir : {what}', en: 'Open: {what}' },
  'start.programs': { fr: 'Pour les programmes', en: 'For programs' },
  'start.programs.says': { fr: 'Tout ce que font les pages, l’API le fait.', en: 'What the pages do, the API does.' },
  'start.reference': {
    fr: 'Chaque adresse, chaque champ, chaque code d’erreur',
    en: 'Every address, every field, every error code',
  },
  'start.openapi': {
    fr: 'Description pour les programmes (OpenAPI 3.1)',
    en: 'Description for programs (OpenAPI 3.1)',
  },
  'start.venues': { fr: 'Les lieux, en CSV du standard national', en: 'The venues, as CSV of the national standard' },
  'start.demo': { fr: 'Comptes, chèques et téléphones à essayer', en: 'Accounts, vouchers and phones to try' },
  'start.accounts': { fr: 'Essayer un rôle', en: 'Try a role' },
  'start.accounts.lead': {
    fr: 'Un clic ouvre une session de douze heures. Chaque compte a aussi un jeton d’accès pour l’API.',
    en: 'One click opens a session of twelve hours. Each account also has an API token.',
  },
  'start.sign_in': { fr: 'Entrer', en: 'Enter' },
  'start.sign_in_as': { fr: 'Entrer en tant que {name}', en: 'Enter as {name}' },
  'start.signed_in': { fr: 'Session ouverte : {name}, {role}.', en: 'Signed in: {name}, {role}.' },
  'start.signed_in.home': { fr: 'Vos pages vous attendent.', en: 'Your pages are waiting for you.' },
  'start.to_my_pages': { fr: 'Ouvrir mes pages', en: 'Open my pages' },
} as const
