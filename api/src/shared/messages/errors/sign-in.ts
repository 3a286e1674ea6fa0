/** What goes wrong while signing in, and what asks for a sign-in. */
export const signInErrors = {
  code_not_accepted: {
    fr: 'Ce code n’est pas accepté : il est faux, déjà utilisé ou trop ancien. Après cinq essais, demandez-en un autre.',
    en: 'This code is not accepted: it is wrong, was used already, or is too old. After five tries ask for another one.',
  },
  too_many_codes: {
    fr: 'Trop de codes ont été demandés. Attendez une heure, ou entrez avec votre clé d’accès.',
    en: 'Too many codes were asked for. Wait an hour, or enter with your passkey.',
  },
  passkey_refused: {
    fr: 'Cette clé d’accès n’a pas été acceptée. Recommencez, ou demandez un code.',
    en: 'This passkey was not accepted. Try again, or ask for a code.',
  },
  passkey_changed: {
    fr: 'Cette clé d’accès vient de servir ailleurs. Recommencez.',
    en: 'This passkey was just used elsewhere. Try again.',
  },
  passkey_taken: { fr: 'Cette clé d’accès est déjà enregistrée.', en: 'This passkey is kept already.' },
  passkey_needed: {
    fr: 'Montrez d’abord la clé d’accès de ce compte.',
    en: 'Show the passkey of this account first.',
  },
  last_passkey: {
    fr: 'Votre rôle demande une clé d’accès. Ajoutez-en une autre avant de retirer la dernière.',
    en: 'Your role needs a passkey. Add another one before you remove the last.',
  },
  too_many_passkeys: {
    fr: 'Vous avez déjà dix clés d’accès. Retirez celles qui ne servent plus.',
    en: 'You have ten passkeys already. Remove those that are no longer used.',
  },
  provider_refused: {
    fr: 'La connexion chez le fournisseur d’identité n’a pas abouti. Recommencez, ou demandez un code.',
    en: 'Signing in at the identity provider did not work. Try again, or ask for a code.',
  },
  provider_away: {
    fr: 'Le fournisseur d’identité ne répond pas. Demandez un code par courriel.',
    en: 'The identity provider does not answer. Ask for a code by mail.',
  },
  email_not_verified: {
    fr: 'Le fournisseur d’identité n’a pas vérifié votre adresse. Demandez un code par courriel.',
    en: 'The identity provider did not verify your address. Ask for a code by mail.',
  },
  session_needed: {
    fr: 'Un programme ne peut pas faire cela : une personne doit se connecter.',
    en: 'A program may not do this: a person has to sign in.',
  },
  fresh_proof_needed: {
    fr: 'Confirmez d’abord que c’est bien vous, puis recommencez.',
    en: 'Confirm first that it is you, then try again.',
  },
  no_membership: {
    fr: 'Votre adresse est bien la vôtre, mais vous n’avez aucun rôle aujourd’hui. Demandez à qui vous a invité.',
    en: 'The address is yours, but you have no role here today. Ask whoever invited you.',
  },
  passkey_not_found: { fr: 'Vous n’avez pas cette clé d’accès.', en: 'You have no such passkey.' },
  session_not_found: { fr: 'Cette session n’existe plus.', en: 'This session is over already.' },
  session_replaced: {
    fr: 'Cette session vient d’être remplacée par une autre. Rechargez la page.',
    en: 'This session was just replaced by another one. Load the page again.',
  },
} as const
