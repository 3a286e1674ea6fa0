/** Mails about who joins, who leaves and who applies. None holds a secret. */
export const peopleMailMessages = {
  'mail.invitation.subject': { fr: '{tenant} vous invite dans Carnet', en: '{tenant} invites you to Carnet' },
  'mail.invitation.says': {
    fr: '{tenant} vous ouvre un accès à Carnet. Votre rôle : {role}.',
    en: '{tenant} gives you access to Carnet. Your role: {role}.',
  },
  'mail.invitation.how': {
    fr: 'Connectez-vous avec cette adresse : un code vous est envoyé, aucun mot de passe n’est à retenir. L’invitation vaut jusqu’au {until}.',
    en: 'Sign in with this address: a code is sent to you, and there is no password to remember. The invitation is good until {until}.',
  },
  'mail.invitation.ignore': {
    fr: 'Vous n’attendiez rien ? Ne faites rien : sans connexion, rien n’est ouvert.',
    en: 'You expected nothing? Do nothing: without a sign-in, nothing is opened.',
  },
  'mail.sign_in': { fr: 'Se connecter', en: 'Sign in' },
  'mail.people.open': { fr: 'Voir les personnes', en: 'See the people' },
  'mail.scheme_invitation.subject': {
    fr: 'Quelqu’un rejoint la coordination',
    en: 'Somebody joins those who run the scheme',
  },
  'mail.scheme_invitation.says': {
    fr: '{by} a invité {name} ({email}). Rôle : {role}.',
    en: '{by} has invited {name} ({email}). Role: {role}.',
  },
  'mail.scheme_invitation.check': {
    fr: 'Si cela vous étonne, retirez l’invitation et parlez-en à vos collègues.',
    en: 'If this surprises you, withdraw the invitation and talk to your colleagues.',
  },
  'mail.last_member.subject': {
    fr: '{tenant} va se retrouver sans responsable',
    en: '{tenant} is about to have nobody left',
  },
  'mail.last_member.says': {
    fr: '{name} veut quitter {tenant} et personne d’autre n’y a accès. Carnet a refusé : invitez d’abord quelqu’un.',
    en: '{name} wants to leave {tenant} and nobody else has access there. Carnet refused: invite somebody first.',
  },
  'mail.application_code.subject': { fr: 'Confirmez la demande de {venue}', en: 'Confirm the application of {venue}' },
  'mail.application_code.says': {
    fr: 'Voici le code qui confirme la demande de {venue}, valable {minutes} minutes :',
    en: 'Here is the code that confirms the application of {venue}, good for {minutes} minutes:',
  },
  'mail.application_accepted.subject': { fr: '{venue} peut accepter des chèques', en: '{venue} may accept vouchers' },
  'mail.application_accepted.says': {
    fr: 'La coordination a accepté votre demande : {venue} est qualifié.',
    en: 'The coordinators accepted your application: {venue} is qualified.',
  },
  'mail.application_accepted.next': {
    fr: 'Connectez-vous avec cette adresse pour donner votre compte bancaire et lier un premier téléphone.',
    en: 'Sign in with this address to give your bank account and link a first phone.',
  },
  'mail.application_joined.says': {
    fr: 'La coordination a accepté votre demande : {venue} est qualifié. Votre structure a déjà des personnes avec accès : demandez-leur une invitation.',
    en: 'The coordinators accepted your application: {venue} is qualified. Your organisation already has people with access: ask them to invite you.',
  },
  'mail.application_refused.subject': { fr: 'Votre demande pour {venue}', en: 'Your application for {venue}' },
  'mail.application_refused.says': {
    fr: 'La coordination n’a pas accepté la demande de {venue}, pour cette raison : {reason}',
    en: 'The coordinators did not accept the application of {venue}, for this reason: {reason}',
  },
  'mail.application_refused.next': {
    fr: 'Vous pouvez faire une nouvelle demande. Celle-ci sera oubliée dans six mois.',
    en: 'You can apply again. This application is forgotten in six months.',
  },
  'mail.apply_again': { fr: 'Faire une nouvelle demande', en: 'Apply again' },
} as const
