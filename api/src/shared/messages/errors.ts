/** What every error code says to the person in front of it: requests, accounts, phones, venues, catalogue. */
export const generalErrors = {
  internal: {
    fr: 'Une panne est survenue de notre côté. Votre demande n’est pas en cause. Réessayez plus tard.',
    en: 'Something broke on our side. It is not your request. Try again later.',
  },
  temporarily_unavailable: {
    fr: 'Le service est momentanément indisponible. Réessayez dans une minute.',
    en: 'The service is away for a moment. Try again in a minute.',
  },
  request_refused: {
    fr: 'La demande n’a pas pu être lue. Vérifiez sa forme.',
    en: 'The request could not be read. Check its form.',
  },
  invalid_request: {
    fr: 'Un champ manque ou est mal rempli : le détail dit lequel.',
    en: 'A field is missing or wrong: the detail says which.',
  },
  email_not_valid: {
    fr: 'Cette adresse de courriel n’est pas valable. Exemple : nom@example.org.',
    en: 'This e-mail address is not valid. Example: name@example.org.',
  },
  not_json: { fr: 'Le corps de la demande n’est pas du JSON.', en: 'The body of the request is not JSON.' },
  length_required: {
    fr: 'La longueur de la demande manque (Content-Length).',
    en: 'The length of the request is missing (Content-Length).',
  },
  body_too_large: {
    fr: 'La demande est trop longue : les faits disent la limite.',
    en: 'The request is too long: the facts say the limit.',
  },
  content_type_not_supported: {
    fr: 'Ce format n’est pas accepté ici. Envoyez du JSON, ou le format indiqué.',
    en: 'This format is not accepted here. Send JSON, or the format named.',
  },
  already_there: {
    fr: 'Cela existe déjà : quelqu’un l’a peut-être fait au même moment. Rechargez la page.',
    en: 'This exists already: somebody may have done it at this moment. Load the page again.',
  },
  keyring_away: {
    fr: 'Le trousseau de clés est illisible. Prévenez la personne qui exploite Carnet.',
    en: 'The keyring cannot be read. Tell the person who operates Carnet.',
  },
  too_many_requests: {
    fr: 'Trop de demandes en peu de temps. Attendez un peu, puis réessayez.',
    en: 'Too many requests in a short time. Wait a moment, then try again.',
  },
  content_encoding_not_supported: {
    fr: 'La demande est compressée. Envoyez-la telle quelle.',
    en: 'The request is compressed. Send it as it is.',
  },
  metrics_token: {
    fr: 'Cette adresse demande le jeton de supervision.',
    en: 'This address needs the monitoring token.',
  },
  route_not_found: { fr: 'Il n’y a rien à cette adresse.', en: 'There is nothing at this address.' },
  cross_site_request: {
    fr: 'Cette action doit partir d’une page de ce site. Rechargez la page et recommencez.',
    en: 'This act must start from a page of this site. Load the page again and start over.',
  },
  idempotency_key_invalid: {
    fr: 'La clé Idempotency-Key doit avoir de 1 à 200 caractères.',
    en: 'Idempotency-Key must have 1 to 200 characters.',
  },
  idempotency_key_not_kept: {
    fr: 'Une remise ne laisse pas de trace : aucune clé Idempotency-Key n’est gardée ici. Lisez le nombre du mois avant de recommencer.',
    en: 'A hand-out leaves no trace: no Idempotency-Key is kept here. Read the count of the month before you send it again.',
  },
  idempotency_key_reused: {
    fr: 'Cette clé Idempotency-Key a déjà servi pour une autre demande. Prenez-en une nouvelle.',
    en: 'This Idempotency-Key was used for another request. Take a new one.',
  },
  idempotency_key_in_use: {
    fr: 'La première demande avec cette clé n’a pas encore de réponse. Vérifiez si elle a été faite avant d’en envoyer une autre.',
    en: 'The first request with this key has no answer yet. Look whether it was done before you send another.',
  },
  sign_in_needed: { fr: 'Connectez-vous d’abord.', en: 'Sign in first.' },
  role_not_allowed: { fr: 'Votre rôle ne permet pas cette action.', en: 'Your role does not allow this.' },
  scope_missing: {
    fr: 'Ce jeton d’accès ne couvre pas cette action. Créez-en un avec la portée indiquée.',
    en: 'This API token does not cover this act. Make one with the scope named.',
  },
  token_unknown: {
    fr: 'Ce jeton d’accès n’existe pas, ou n’existe plus.',
    en: 'This API token does not exist, or no longer.',
  },
  token_expired: {
    fr: 'Ce jeton d’accès est arrivé à sa fin. Créez-en un autre.',
    en: 'This API token has ended. Make another.',
  },
  token_end_not_allowed: {
    fr: 'La fin d’un jeton est un jour à venir, dans un an au plus.',
    en: 'A token ends on a day to come, within a year.',
  },
  api_token_not_found: { fr: 'Vous n’avez pas ce jeton d’accès.', en: 'You have no such API token.' },
  sign_in_link_not_found: {
    fr: 'Ce lien de connexion n’existe pas. Reprenez-en un sur la page d’accueil.',
    en: 'This sign-in link does not exist. Take one from the start page.',
  },
  same_person: {
    fr: 'Une autre personne doit le faire : deux personnes valent mieux qu’une.',
    en: 'Someone else must do this: it takes two people.',
  },
  device_unknown: {
    fr: 'Ce téléphone n’est pas inscrit, ou ne l’est plus. Inscrivez-le de nouveau : ses scans sont gardés.',
    en: 'This phone is not enrolled, or no longer. Enrol it again: its scans are kept.',
  },
  device_revoked: {
    fr: 'Ce téléphone a été retiré. Inscrivez-le de nouveau : ses scans sont gardés.',
    en: 'This phone was revoked. Enrol it again: its scans are kept.',
  },
  device_has_no_key: {
    fr: 'Ce téléphone a été inscrit sans clé. Inscrivez-le de nouveau.',
    en: 'This phone was enrolled without a key. Enrol it again.',
  },
  device_token_missing: {
    fr: 'Le jeton du téléphone manque (Authorization : Bearer).',
    en: 'The phone’s token is missing (Authorization: Bearer).',
  },
  scanner_outdated: {
    fr: 'Ce lecteur est trop ancien. Mettez-le à jour : ses chèques en attente sont gardés.',
    en: 'This scanner is too old. Update it: the vouchers that wait on it are kept.',
  },
  device_not_found: { fr: 'Ce téléphone n’existe pas.', en: 'There is no such phone.' },
  enrolment_token_spent: {
    fr: 'Ce code d’inscription a déjà servi, est trop ancien ou n’existe pas. Demandez-en un autre au responsable du lieu.',
    en: 'This enrolment code was used, is too old, or does not exist. Ask the venue manager for another.',
  },
  public_key_needed: { fr: 'Le téléphone doit envoyer sa clé publique.', en: 'The phone must send its public key.' },
  invalid_public_key: {
    fr: 'La clé publique du téléphone n’est pas une clé P-256.',
    en: 'The phone’s public key is not a P-256 key.',
  },
  request_signature_wrong: {
    fr: 'La signature de la demande ne correspond pas à son contenu.',
    en: 'The signature of the request does not match its content.',
  },
  too_many_checks: {
    fr: 'Ce téléphone a fait assez de vérifications pour aujourd’hui. Les scans continuent de fonctionner.',
    en: 'This phone has made enough checks today. Scanning still works.',
  },
  scan_not_found: { fr: 'Ce scan n’est pas arrivé ici. Envoyez-le.', en: 'This scan never arrived here. Send it.' },
  scan_was_refused: {
    fr: 'Ce scan a été refusé : il n’y a rien à annuler.',
    en: 'This scan was refused: there is nothing to undo.',
  },
  scan_was_reversed: {
    fr: 'Ce scan a été annulé. Scannez de nouveau le chèque.',
    en: 'This scan was undone. Scan the voucher again.',
  },
  statement_frozen: {
    fr: 'Le bordereau de ce mois est arrêté. Demandez à la coordination.',
    en: 'The statement of this month is frozen. Ask the coordination.',
  },
  period_sealed: {
    fr: 'Ce mois est scellé : seule une correction du montant, par deux personnes, est possible.',
    en: 'This month is sealed: only the amount can be corrected, by two people.',
  },
  try_again: {
    fr: 'Impossible de répondre maintenant. Réessayez dans une minute.',
    en: 'This cannot be told now. Try again in a minute.',
  },
  venue_not_found: {
    fr: 'Ce lieu n’existe pas, ou n’est pas à vous.',
    en: 'There is no such venue, or it is not yours.',
  },
  organisation_not_found: {
    fr: 'Cette structure n’existe pas, ou n’est pas la vôtre.',
    en: 'There is no such organisation, or it is not yours.',
  },
  siret_invalid: { fr: 'Le numéro SIRET comporte une erreur.', en: 'The SIRET has a mistake.' },
  siret_already_known: { fr: 'Une structure a déjà ce numéro SIRET.', en: 'An organisation has this SIRET already.' },
  siret_missing: {
    fr: 'Une structure sans SIRET ne peut pas être payée. Complétez-la d’abord.',
    en: 'An organisation without a SIRET cannot be paid. Complete it first.',
  },
  document_too_large: { fr: 'Le document dépasse 2 Mo.', en: 'The document is larger than 2 MB.' },
  document_unreadable: {
    fr: 'Le document doit être un PDF, un PNG ou un JPEG.',
    en: 'The document must be a PDF, PNG or JPEG.',
  },
  document_exists: {
    fr: 'Ce compte a déjà son document. Donnez le compte de nouveau pour le remplacer.',
    en: 'This account has its document already. Give the account again to replace it.',
  },
  document_not_found: { fr: 'Ce compte n’a pas de document.', en: 'This account has no document.' },
  iban_invalid: { fr: 'L’IBAN comporte une erreur.', en: 'The IBAN has a mistake.' },
  bic_invalid: { fr: 'Le BIC comporte une erreur.', en: 'The BIC has a mistake.' },
  bic_of_another_country: {
    fr: 'Le BIC et l’IBAN ne sont pas du même pays.',
    en: 'The BIC and the IBAN are of two countries.',
  },
  bank_account_not_found: { fr: 'Ce compte bancaire n’existe pas.', en: 'There is no such bank account.' },
  bank_account_changed: {
    fr: 'Ce compte bancaire vient de changer. Relisez-le.',
    en: 'The bank account has just changed. Read it again.',
  },
  bank_account_starts_too_early: {
    fr: 'Le nouveau compte doit commencer après le compte actuel.',
    en: 'The new account must start after the current one.',
  },
  'bank_account_is_*': {
    fr: 'Ce compte bancaire n’est pas dans un état qui permet cette action.',
    en: 'The bank account is not in a state that allows this.',
  },
  too_many_venues: { fr: 'Cinquante lieux à la fois, au plus.', en: 'Fifty venues at once, at most.' },
  qualification_in_the_past: {
    fr: 'Une décision ne peut pas commencer avant celle qu’elle suit.',
    en: 'A decision cannot start before the one it follows.',
  },
  'qualification_is_*': {
    fr: 'La qualification de ce lieu ne peut pas passer à cet état maintenant.',
    en: 'The qualification of this venue cannot become that now.',
  },
  ledger_account_not_found: {
    fr: 'Ce compte payeur, ce financeur ou cette structure n’existe pas.',
    en: 'There is no such paying account, funder or organisation.',
  },
  venue_columns_wrong: {
    fr: 'Des colonnes de ce lieu ne suivent pas le standard national : les faits disent lesquelles.',
    en: 'Columns of this venue are not as the national standard asks: the facts say which.',
  },
  not_a_csv: { fr: 'Ce fichier n’est pas un CSV lisible.', en: 'This file is not a readable CSV.' },
  fact_kind_unknown: { fr: 'Choisissez fragility, qpv ou frr.', en: 'Choose fragility, qpv or frr.' },
  fact_file_unreadable: {
    fr: 'Ce fichier de territoires est illisible.',
    en: 'This file of territories cannot be read.',
  },
  fact_file_empty: { fr: 'Aucune ligne de ce fichier ne convient.', en: 'No row of this file can be taken.' },
  file_is_a_workbook: {
    fr: 'C’est un classeur : enregistrez-le en CSV UTF-8, puis choisissez ce fichier.',
    en: 'This is a workbook: save it as CSV UTF-8, then choose that file.',
  },
  file_is_packed: { fr: 'Fichier compressé : décompressez-le.', en: 'A packed file: unpack it.' },
  file_not_utf8: { fr: 'Ce n’est pas de l’UTF-8 : enregistrez en CSV UTF-8.', en: 'Not UTF-8: save it as CSV UTF-8.' },
  file_missing: { fr: 'Choisissez un fichier.', en: 'Choose a file.' },
  rows_too_many: { fr: 'Trop de lignes : 100 000 au plus.', en: 'Too many rows: 100,000 at most.' },
  columns_too_many: { fr: 'Trop de colonnes : 200 au plus.', en: 'Too many columns: 200 at most.' },
  venue_import_not_found: { fr: 'Cet import n’existe pas.', en: 'There is no such import.' },
  'venue_import_is_*': {
    fr: 'L’état de cet import a changé : rouvrez sa page.',
    en: 'The state of this import has changed: open its page again.',
  },
  columns_missing: {
    fr: 'Il manque à ce fichier des colonnes du standard national.',
    en: 'The file lacks columns of the national standard.',
  },
  catalogue_not_published: { fr: 'Aucun référentiel n’est encore publié.', en: 'No catalogue is published yet.' },
  service_lost: {
    fr: 'Un service ne disparaît pas : retirez-le en disant ce qui le remplace.',
    en: 'A service does not vanish: retire it and say what replaces it.',
  },
  service_back_from_retirement: {
    fr: 'Un service retiré ne revient pas : donnez-lui un nouveau code.',
    en: 'A retired service does not come back: give it a new code.',
  },
  service_unknown: {
    fr: 'Ce service n’est pas dans le référentiel.',
    en: 'There is no such service in the catalogue.',
  },
  replacement_unknown: {
    fr: 'Ce service est remplacé par un service qui n’est pas dans cette version.',
    en: 'It is replaced by a service that is not in this version.',
  },
  replacement_not_offered: {
    fr: 'Un service est remplacé par un service proposé.',
    en: 'A service is replaced by one that is offered.',
  },
  '*_not_found': {
    fr: 'Cet objet n’existe pas, ou n’est pas à vous.',
    en: 'There is no such thing, or it is not yours.',
  },
} as const
