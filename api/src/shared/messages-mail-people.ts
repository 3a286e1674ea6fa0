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
} as const
