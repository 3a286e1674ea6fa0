/** Mails to staff. Nobody who receives a voucher gets any. */
export const mailMessages = {
  'mail.foot': {
    fr: 'Carnet, {site}. Message automatique : personne ne lit les réponses.',
    en: 'Carnet, {site}. Sent by a program: nobody reads the answers.',
  },
  'mail.open_account': { fr: 'Ouvrir mon compte', en: 'Open my account' },
  'mail.not_you': {
    fr: 'Si ce n’était pas vous, ouvrez votre compte, fermez toutes les sessions et prévenez la coordination.',
    en: 'If it was not you, open your account, end all sessions and tell the coordination.',
  },
  'mail.code.subject': { fr: 'Votre code pour Carnet', en: 'Your code for Carnet' },
  'mail.code.says': {
    fr: 'Voici votre code de connexion, valable dix minutes :',
    en: 'Here is your sign-in code. It is good for ten minutes:',
  },
  'mail.code.code': { fr: '{code}', en: '{code}' },
  'mail.code.browser': {
    fr: 'Saisissez-le dans le navigateur où vous l’avez demandé. Ailleurs, il ne marche pas.',
    en: 'Type it in the browser in which you asked for it. It works nowhere else.',
  },
  'mail.code.ignore': {
    fr: 'Vous n’avez rien demandé ? Ne faites rien, et ne donnez ce code à personne.',
    en: 'You asked for nothing? Do nothing, and give this code to nobody.',
  },
  'mail.passkey_added.subject': {
    fr: 'Une clé d’accès a été ajoutée à votre compte',
    en: 'A passkey was added to your account',
  },
  'mail.passkey_added.says': {
    fr: 'La clé d’accès « {name} » ouvre maintenant votre compte Carnet.',
    en: 'The passkey “{name}” now opens your Carnet account.',
  },
  'mail.passkey_removed.subject': {
    fr: 'Une clé d’accès a été retirée de votre compte',
    en: 'A passkey was removed from your account',
  },
  'mail.passkey_removed.says': {
    fr: 'La clé d’accès « {name} » n’ouvre plus votre compte Carnet.',
    en: 'The passkey “{name}” no longer opens your Carnet account.',
  },
  'mail.passkeys_reset.subject': {
    fr: 'Vos clés d’accès ont été retirées',
    en: 'Your passkeys were removed',
  },
  'mail.passkeys_reset.says': {
    fr: '{by}, de la coordination, a retiré toutes vos clés d’accès, fermé vos sessions et supprimé vos jetons d’API.',
    en: '{by}, of the coordination, removed all your passkeys, ended your sessions and deleted your API tokens.',
  },
  'mail.passkeys_reset.next': {
    fr: 'Connectez-vous par code à cette adresse, puis enregistrez une nouvelle clé.',
    en: 'Sign in by a code sent to this address, then make a new passkey.',
  },
  'mail.helped.not_you': {
    fr: 'Cela vous étonne ? Appelez tout de suite quelqu’un de la coordination.',
    en: 'Does this surprise you? Call somebody of the coordination at once.',
  },
  'mail.passkeys_reset_told.subject': {
    fr: 'Les clés d’accès de quelqu’un ont été retirées',
    en: 'Somebody’s passkeys were removed',
  },
  'mail.passkeys_reset_told.says': {
    fr: '{by} a retiré toutes les clés d’accès de {name} ({email}). Cette adresse enregistrera une nouvelle clé à sa prochaine connexion.',
    en: '{by} removed all passkeys of {name} ({email}). This address makes a new one at its next sign-in.',
  },
  'mail.passkeys_reset_told.check': {
    fr: 'Si cela vous étonne, appelez cette personne et fermez son accès.',
    en: 'If this surprises you, call this person and close the access.',
  },
  'mail.sessions_ended.subject': { fr: 'Vos sessions ont été fermées', en: 'Your sessions were ended' },
  'mail.sessions_ended.says': {
    fr: '{by}, de la coordination, a fermé toutes vos sessions Carnet. Vous pouvez vous reconnecter.',
    en: '{by}, of the coordination, ended all your sessions in Carnet. You may sign in again.',
  },
  'mail.audit_head.subject': { fr: 'Carnet : l’empreinte du journal', en: 'Carnet: the hash of the audit log' },
  'mail.audit_head.says': {
    fr: 'Le journal des décisions compte {seq} lignes. La dernière est du {on}.',
    en: 'The log of decisions has {seq} lines. The newest is of {on}.',
  },
  'mail.audit_head.hash': { fr: 'Son empreinte : {hash}', en: 'Its hash: {hash}' },
  'mail.audit_head.keep': {
    fr: 'Gardez ce courriel. Si le passé du journal était changé, cette empreinte ne s’y trouverait plus.',
    en: 'Keep this mail. If the past of the log were changed, this hash would no longer be in it.',
  },
  'mail.audit_head.open': { fr: 'Comparer avec l’empreinte publiée', en: 'Compare with the published hash' },
  'mailbox.title': { fr: 'Les courriels de la démonstration', en: 'The demo’s mails' },
  'mailbox.lead': {
    fr: 'Ici, rien ne part : voici ce qui aurait été envoyé. La boîte se vide à chaque démarrage.',
    en: 'Nothing leaves from here: this is what would have been sent. The box is empty again at each start.',
  },
  'mailbox.empty': { fr: 'Aucun courriel pour l’instant', en: 'No mail yet' },
  'mailbox.empty.says': {
    fr: 'Demandez un code de connexion, invitez un collègue : le courriel apparaît ici.',
    en: 'Ask for a sign-in code or invite a colleague: the mail appears here.',
  },
  'mailbox.to': { fr: 'À {to}, {time}', en: 'To {to}, {time}' },
} as const
