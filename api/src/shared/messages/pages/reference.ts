/** The reference page, the page of an error and what the start command prints. */
export const referenceMessages = {
  'docs.title': { fr: 'Référence de l’API', en: 'API reference' },
  'docs.lead': {
    fr: 'Les adresses commencent par /api/v1. Une personne écrit avec sa session, un programme avec « Authorization : Bearer » et un jeton d’accès, un téléphone avec son propre jeton.',
    en: 'Addresses begin with /api/v1. A person writes with a session, a program with “Authorization: Bearer” and an API token, a phone with its own token.',
  },
  'docs.errors.lead': {
    fr: 'Une erreur répond en application/problem+json : « code » est stable, « facts » dit quoi corriger.',
    en: 'An error answers in application/problem+json: “code” is stable, “facts” say what to mend.',
  },
  'docs.writes': {
    fr: 'Une écriture accepte Idempotency-Key : la même demande reçoit la même réponse.',
    en: 'A write accepts Idempotency-Key: the same request gets the same answer.',
  },
  'docs.limits': {
    fr: 'Le corps d’une écriture annonce sa longueur : 64 Kio au plus, 128 Kio pour les scans, 10 Mio pour un fichier.',
    en: 'The body of a write announces its length: at most 64 KiB, 128 KiB for scans, 10 MiB for a file.',
  },
  'docs.routes': { fr: 'Adresses', en: 'Addresses' },
  'docs.codes': { fr: 'Codes d’erreur', en: 'Error codes' },
  'docs.reasons': { fr: 'Motifs de refus d’un chèque', en: 'Reasons for refusing a voucher' },
  'docs.parameters': { fr: 'Paramètres', en: 'Parameters' },
  'docs.body': { fr: 'Corps', en: 'Body' },
  'docs.answers': { fr: 'Réponses', en: 'Answers' },
  'docs.required': { fr: 'obligatoire', en: 'required' },
  'docs.security.public': { fr: 'Ouvert à tous', en: 'Open to all' },
  'docs.security.person': { fr: 'Session ou jeton d’accès', en: 'Session or API token' },
  'docs.security.phone': { fr: 'Jeton du téléphone', en: 'Phone token' },
  'docs.family': { fr: '* remplace le nom de l’état ou de l’objet', en: '* stands for the name of the state or thing' },
  'error.title.404': { fr: 'Cette page n’existe pas', en: 'This page does not exist' },
  'error.hint.404': {
    fr: 'L’adresse est peut-être mal recopiée, ou la page a été retirée.',
    en: 'The address may be mistyped, or the page was taken away.',
  },
  'error.title': { fr: 'Cette page ne peut pas s’afficher', en: 'This page cannot be shown' },
  'error.request': {
    fr: 'Numéro de la demande, à donner à l’exploitant : {requestId}',
    en: 'Number of the request, for the operator: {requestId}',
  },
  'error.home': { fr: 'Ouvrir mes pages', en: 'Open my pages' },
  'error.back': { fr: 'Revenir à l’accueil', en: 'Back to the start' },
  'welcome.ready': { fr: 'Carnet est prêt : {publicUrl}', en: 'Carnet is ready: {publicUrl}' },
  'welcome.accounts': {
    fr: 'Ouvrez cette adresse : un compte à essayer pour chaque rôle. Pour un programme : {publicUrl}/api/v1/demo',
    en: 'Open this address: an account to try for each role. For a program: {publicUrl}/api/v1/demo',
  },
  'welcome.reference': { fr: 'Référence de l’API : {publicUrl}/api/docs', en: 'API reference: {publicUrl}/api/docs' },
  'welcome.data': { fr: 'Données : {kept}', en: 'Data: {kept}' },
  'welcome.stop': { fr: 'Ctrl-C arrête tout, sans rien perdre.', en: 'Ctrl-C stops everything and loses nothing.' },
  'docs.schemas': { fr: 'Objets', en: 'Objects' },
} as const
