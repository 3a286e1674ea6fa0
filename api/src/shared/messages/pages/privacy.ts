/** What is kept, for how long, and the limits, in plain words (design: track the uses, not the users). */
export const privacyMessages = {
  'privacy.lede': {
    fr: 'Nous suivons les usages, jamais les personnes. Voici ce que cela veut dire, et jusqu’où cela tient.',
    en: 'We track the uses, never the people. This is what it means, and how far it holds.',
  },
  'privacy.never': { fr: 'Ce qui n’est jamais écrit', en: 'What is never written' },
  'privacy.never.1': {
    fr: 'Le nom, l’âge, l’adresse ou le numéro de la personne qui reçoit un carnet. Il n’y a pas de case pour cela.',
    en: 'The name, age, address or number of the person who receives a book. There is no field for it.',
  },
  'privacy.never.2': {
    fr: 'À qui un carnet a été remis. Les prescripteurs comptent les carnets, ils n’écrivent pas de liste.',
    en: 'To whom a book was handed out. Prescribers count books, they keep no list.',
  },
  'privacy.never.3': {
    fr: 'Le code d’un chèque, l’heure d’un scan, le téléphone qui l’a fait.',
    en: 'The code of a voucher, the hour of a scan, the phone that made it.',
  },
  'privacy.kept': { fr: 'Ce qui est gardé, et combien de temps', en: 'What is kept, and for how long' },
  'privacy.kept.what': { fr: 'Quoi', en: 'What' },
  'privacy.kept.why': { fr: 'Pourquoi', en: 'Why' },
  'privacy.kept.until': { fr: 'Jusqu’à quand', en: 'Until when' },
  'privacy.kept.use': {
    fr: 'Un accompagnement : lieu, service, campagne, jour',
    en: 'A session: venue, service, campaign, day',
  },
  'privacy.kept.use.why': { fr: 'Payer le lieu, annuler une erreur', en: 'To pay the venue, to undo a mistake' },
  'privacy.kept.use.until': {
    fr: 'Détruit 31 à 59 jours après la fin du mois : 90 jours au plus',
    en: 'Destroyed 31 to 59 days after the month’s end: 90 days at most',
  },
  'privacy.kept.statement': {
    fr: 'Le bordereau d’une structure : combien de chèques par lieu et campagne, chaque mois',
    en: 'An organisation’s statement: how many vouchers by venue and campaign, each month',
  },
  'privacy.kept.statement.why': { fr: 'La payer, tenir les comptes', en: 'To pay it, to keep accounts' },
  'privacy.kept.statement.until': {
    fr: '10 ans, comme toute pièce comptable',
    en: '10 years, as any accounting document',
  },
  'privacy.kept.contest': {
    fr: 'Un refus contesté par un lieu : lieu, service, jour, motif choisi dans une liste',
    en: 'A refusal that a venue contests: venue, service, day, a reason from a list',
  },
  'privacy.kept.contest.why': { fr: 'Lui répondre', en: 'To answer it' },
  'privacy.kept.contest.until': { fr: '90 jours après la réponse', en: '90 days after the answer' },
  'privacy.kept.handout': {
    fr: 'Les remises : combien de carnets par prescripteur, campagne et mois',
    en: 'Hand-outs: how many books by prescriber, campaign and month',
  },
  'privacy.kept.handout.why': {
    fr: 'Voir les stocks, calculer un taux d’usage',
    en: 'To see stocks and usage rates',
  },
  'privacy.kept.handout.until': {
    fr: 'Autant que la campagne',
    en: 'As long as the campaign',
  },
  'privacy.kept.stop': {
    fr: 'Un carnet perdu : le numéro de sa couverture, le motif, le jour',
    en: 'A lost book: the number on its cover, the reason, the day',
  },
  'privacy.kept.stop.why': {
    fr: 'Que personne d’autre ne l’utilise',
    en: 'So that nobody else uses it',
  },
  'privacy.kept.stop.until': {
    fr: 'Autant que la campagne',
    en: 'As long as the campaign',
  },
  'privacy.kept.bank': {
    fr: 'Le compte bancaire d’une structure : IBAN, titulaire, justificatif',
    en: 'An organisation’s bank account: IBAN, holder, proof',
  },
  'privacy.kept.bank.why': {
    fr: 'La payer, elle et personne d’autre',
    en: 'To pay it, and nobody else',
  },
  'privacy.kept.bank.until': {
    fr: '10 ans, avec les comptes',
    en: '10 years, with the accounts',
  },
  'privacy.kept.session': {
    fr: 'La session d’un professionnel : un cookie, le nom de son navigateur',
    en: 'A professional’s session: a cookie, the name of the browser',
  },
  'privacy.kept.session.why': {
    fr: 'Rester connecté, fermer une session',
    en: 'To stay signed in, to end a session',
  },
  'privacy.kept.session.until': {
    fr: '7 jours au plus',
    en: '7 days at most',
  },
  'privacy.kept.mail': {
    fr: 'Un courriel envoyé à un professionnel',
    en: 'A mail sent to a professional',
  },
  'privacy.kept.mail.why': {
    fr: 'Le renvoyer s’il n’est pas parti',
    en: 'To send it again when it did not leave',
  },
  'privacy.kept.mail.until': {
    fr: '30 jours',
    en: '30 days',
  },
  'privacy.kept.count': {
    fr: 'Cinq tableaux de totaux : exacts chez nous, arrondis dès qu’ils sortent',
    en: 'Five tables of totals: exact with us, rounded as soon as they leave',
  },
  'privacy.kept.count.why': { fr: 'Publier ce à quoi l’argent a servi', en: 'To publish what the money was used for' },
  'privacy.kept.count.until': { fr: 'Toujours : ils ne désignent personne', en: 'For ever: they point at nobody' },
  'privacy.kept.spent': { fr: 'Si un chèque est utilisé : oui ou non', en: 'Whether a voucher is used: yes or no' },
  'privacy.kept.spent.why': { fr: 'Qu’il ne serve pas deux fois', en: 'So that it is not used twice' },
  'privacy.kept.spent.until': { fr: 'Autant que la campagne', en: 'As long as the campaign' },
  'privacy.kept.answer': { fr: 'La réponse donnée à un téléphone', en: 'The answer given to a phone' },
  'privacy.kept.answer.why': { fr: 'Redire la même si le réseau a coupé', en: 'To repeat it when the network failed' },
  'privacy.kept.answer.until': { fr: '13 mois, sans lieu ni chèque', en: '13 months, without venue or voucher' },
  'privacy.kept.phone': {
    fr: 'Un téléphone de lieu : son nom, le dernier jour où il a été vu',
    en: 'A venue’s phone: its name, the last day it was seen',
  },
  'privacy.kept.phone.why': {
    fr: 'Retirer un téléphone perdu, limiter les codes devinés',
    en: 'To withdraw a lost phone, to limit guessed codes',
  },
  'privacy.kept.phone.until': {
    fr: 'Tant que la structure participe ; ses codes inconnus, 60 jours',
    en: 'While the organisation takes part; its unknown codes, 60 days',
  },
  'privacy.kept.journal': {
    fr: 'Le journal des décisions : qui, quoi, quand. Jamais un scan',
    en: 'The log of decisions: who, what, when. Never a scan',
  },
  'privacy.kept.journal.why': { fr: 'Rendre des comptes, voir une fraude', en: 'To give account, to see a fraud' },
  'privacy.kept.journal.until': {
    fr: 'Toujours : une chaîne à laquelle il manque une ligne ne prouve rien',
    en: 'For ever: a chain that lacks a line proves nothing',
  },
  'privacy.kept.asking': {
    fr: 'La demande d’une structure : contact, adresse',
    en: 'An organisation’s application: contact, address',
  },
  'privacy.kept.asking.why': { fr: 'Lui répondre', en: 'To answer it' },
  'privacy.kept.asking.until': {
    fr: 'Le nom et le courriel, 6 mois après la décision',
    en: 'Name and e-mail, 6 months after the decision',
  },
  'privacy.kept.copy': {
    fr: 'Les sauvegardes de la base, sans les clés',
    en: 'Backups of the database, without the keys',
  },
  'privacy.kept.copy.why': { fr: 'Réparer après une panne', en: 'To repair after a breakdown' },
  'privacy.kept.copy.until': { fr: '30 jours, c’est notre consigne', en: '30 days, as our instructions say' },
  'privacy.kept.staff': {
    fr: 'Le nom et l’adresse électronique des agents, médiateurs responsables et financeurs',
    en: 'The name and e-mail of staff, venue managers and funders',
  },
  'privacy.kept.staff.why': { fr: 'Savoir qui a décidé', en: 'To know who decided' },
  'privacy.kept.staff.until': {
    fr: 'Tant que leurs décisions engagent des comptes',
    en: 'While accounts rest on their decisions',
  },
  'privacy.kept.cookie': { fr: 'Votre langue, si vous la choisissez', en: 'Your language, if you choose it' },
  'privacy.kept.cookie.why': { fr: 'Ne pas vous la redemander', en: 'So that we need not ask again' },
  'privacy.kept.cookie.until': { fr: 'Un an, dans votre navigateur seulement', en: 'One year, in your browser only' },
  'privacy.how': { fr: 'Comment c’est tenu', en: 'How it is kept' },
  'privacy.how.1': {
    fr: 'Chaque mois a une clé secrète, gardée hors de la base et de ses sauvegardes. Sans elle, un chèque et son usage ne se relient pas.',
    en: 'Each month has a secret key, kept outside the database and its backups. Without it a voucher and its use cannot be linked.',
  },
  'privacy.how.2': {
    fr: 'Le mois est ensuite scellé : on garde cinq tableaux de totaux, on détruit les lignes, puis la clé. Personne ne peut revenir en arrière, nous compris.',
    en: 'The month is then sealed: five tables of totals are kept, the lines are destroyed, then the key. Nobody can go back, we included.',
  },
  'privacy.how.3': {
    fr: 'Un nombre inférieur à 11 n’est jamais publié. Il s’écrit « moins de 11 », ou « trop peu » pour un territoire, partout de la même façon. Les autres sont arrondis à 5.',
    en: 'A count under 11 is never published. It is written “fewer than 11”, or “too few” of a territory, the same way everywhere. The others are rounded to 5.',
  },
  'privacy.sealed': { fr: 'Dernier scellement', en: 'Last sealing' },
  'privacy.sealed.says': {
    fr: 'L’empreinte est celle de la ligne du journal qui raconte le scellement : elle ne peut plus changer.',
    en: 'The hash is the one of the audit line that tells of the sealing: it can no longer change.',
  },
  'privacy.sealed.month': { fr: 'Mois scellé', en: 'Sealed month' },
  'privacy.sealed.on': { fr: 'Scellé le', en: 'Sealed on' },
  'privacy.sealed.hash': { fr: 'Empreinte dans le journal', en: 'Hash in the audit log' },
  'privacy.sealed.none': { fr: 'Aucun mois n’est encore scellé', en: 'No month is sealed yet' },
  'privacy.sealed.none.next': {
    fr: 'Un mois l’est au plus tard 59 jours après sa fin. La date et l’empreinte s’afficheront ici.',
    en: 'A month is sealed 59 days after its end at the latest. The date and the hash will stand here.',
  },
  'privacy.log': { fr: 'L’empreinte du journal', en: 'The hash of the audit log' },
  'privacy.log.says': {
    fr: 'Chaque décision sur l’argent et l’administration est une ligne du journal, enchaînée aux précédentes. Notez cette empreinte : si une ligne est changée plus tard, elle ne correspondra plus.',
    en: 'Each decision about money and administration is a line of the log, chained to the lines before it. Write this hash down: if a line is changed later, it will no longer match.',
  },
  'privacy.log.seq': { fr: 'Lignes', en: 'Lines' },
  'privacy.log.on': { fr: 'Dernière ligne', en: 'Newest line' },
  'privacy.log.hash': { fr: 'Empreinte', en: 'Hash' },
  'privacy.log.none': { fr: 'Le journal est encore vide', en: 'The log is still empty' },
  'privacy.log.none.next': {
    fr: 'Son empreinte s’affichera ici dès la première décision.',
    en: 'Its hash will stand here from the first decision on.',
  },
  'privacy.rights': { fr: 'Vos droits', en: 'Your rights' },
  'privacy.rights.1': {
    fr: 'Vous avez reçu un carnet : nous ne pouvons rien vous montrer, corriger ou effacer sur vous, parce que rien ici ne vous désigne. Un carnet perdu se signale à qui vous l’a remis, avec le numéro de sa couverture.',
    en: 'You received a book: we can show, correct or erase nothing about you, because nothing here points at you. Tell whoever gave you a book that it is lost, with the number on its cover.',
  },
  'privacy.rights.2': {
    fr: 'Vous travaillez dans le dispositif : votre compte montre ce que nous avons sur vous. Pour le corriger, vous y opposer ou partir, écrivez à la coordination, qui est responsable de ces données ; vous pouvez aussi saisir la CNIL (cnil.fr).',
    en: 'You work in the scheme: your account shows what we have about you. To correct it, to object or to leave, write to the coordination, which is responsible for these data; you may also turn to the data protection authority (CNIL, cnil.fr).',
  },
  'privacy.rights.3': {
    fr: 'Pourquoi nous en avons le droit : payer les lieux et rendre compte de l’argent public. Qui lit ces données : la coordination, les personnes de votre structure, la banque pour les virements, un auditeur. Ce logiciel n’envoie rien hors de l’Union européenne.',
    en: 'Why we may: to pay venues and to give account of public money. Who reads these data: the coordination, the people of your organisation, the bank for transfers, an auditor. This software sends nothing outside the European Union.',
  },
  'privacy.limits': { fr: 'Nos limites', en: 'Our limits' },
  'privacy.limits.says': {
    fr: 'Une promesse sans limites dites ne vaut rien.',
    en: 'A promise without its limits is worth nothing.',
  },
  'privacy.limits.1': {
    fr: 'Qui tient à la fois le serveur et la clé peut relier un chèque à son usage, pendant 90 jours au plus.',
    en: 'Whoever holds both server and key can link a voucher to its use, for 90 days at most.',
  },
  'privacy.limits.2': {
    fr: 'Une sauvegarde volée avant le scellement montre, pour chaque scan, le lieu, le service, la campagne et à peu près quand.',
    en: 'A backup stolen before the sealing shows for each scan the venue, service, campaign and about when.',
  },
  'privacy.limits.3': {
    fr: 'Des sauvegardes anciennes, mises ensemble, ou des restes dans les fichiers de la base, montrent en quel mois des chèques d’un carnet ont été utilisés.',
    en: 'Older backups, put together, or remains in the files of the database, show in which month vouchers of a book were used.',
  },
  'privacy.limits.4': {
    fr: 'On sait toujours quels chèques d’un carnet sont utilisés. Ce n’est montré à personne.',
    en: 'Which vouchers of a book are used stays known. It is shown to nobody.',
  },
  'privacy.limits.5': {
    fr: 'Une commune qui finance, remet et accompagne à la fois voit plus que ce que nos tableaux montrent.',
    en: 'A commune that funds, hands out and hosts at once sees more than our tables show.',
  },
  'privacy.limits.6': {
    fr: 'Qui a photographié un carnet et tient le téléphone d’un lieu peut demander chaque jour si ses chèques sont utilisés. Il apprend quand, jamais où ni pour quoi.',
    en: 'Whoever photographed a book and holds a venue’s phone can ask every day whether its vouchers are used. That tells when, never where nor what for.',
  },
  'privacy.limits.7': {
    fr: 'Nous pourrions changer le programme, ou y être contraints. Il est libre : chacun peut le lire, et l’empreinte de chaque scellement est publiée.',
    en: 'We could change the program, or be forced to. It is free software: anybody may read it, and the hash of each sealing is published.',
  },
} as const
