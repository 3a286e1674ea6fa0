/** Errors of invitations, people, applications and the phones of prescribers. */
export const peopleErrors = {
  phone_of_a_prescriber: {
    fr: 'Ce téléphone compte des carnets remis : il ne scanne pas de chèque.',
    en: 'This phone counts books handed out: it scans no voucher.',
  },
  phone_of_a_venue: {
    fr: 'Ce téléphone scanne des chèques : il ne compte pas de carnets remis.',
    en: 'This phone scans vouchers: it counts no books handed out.',
  },
  structure_name_missing: {
    fr: 'Écrivez le nom de la structure.',
    en: 'Write the name of the organisation.',
  },
  application_not_found: { fr: 'Cette demande n’existe pas.', en: 'This application does not exist.' },
  application_decided: {
    fr: 'Quelqu’un a déjà décidé de cette demande.',
    en: 'Somebody has decided on this application already.',
  },
  application_code_wrong: {
    fr: 'Ce code n’est pas le bon, a déjà servi, ou date de plus de 30 minutes. Demandez-en un autre.',
    en: 'This code is wrong, was used, or is older than 30 minutes. Ask for another.',
  },
  reason_missing: {
    fr: 'Écrivez la raison : la structure la lira.',
    en: 'Write the reason: the organisation will read it.',
  },
  name_missing: { fr: 'Écrivez un prénom et un nom.', en: 'Write a first and a last name.' },
  role_missing: { fr: 'Choisissez ce que fera cette personne.', en: 'Choose what this person will do.' },
  role_not_given: { fr: 'Ce rôle ne se donne pas ici.', en: 'This role cannot be given here.' },
  audit_end_not_allowed: {
    fr: 'Un accès d’audit a un dernier jour, dans l’année. Les autres rôles n’en ont pas.',
    en: 'An auditor’s access has a last day, within a year. Other roles have none.',
  },
  already_member: { fr: 'Cette adresse a déjà cet accès.', en: 'This address has this access already.' },
  not_for_oneself: {
    fr: 'Une autre personne de la coordination le fait pour vous. Vos sessions et vos clés sont sur la page de votre compte.',
    en: 'Another coordinator does this for you. Your sessions and passkeys are on the page of your account.',
  },
  no_passkeys: {
    fr: 'Cette personne n’a pas de clé d’accès : elle peut en enregistrer une dès maintenant.',
    en: 'This person has no passkey, and may make one right now.',
  },
  cannot_invite_oneself: {
    fr: 'Quelqu’un d’autre doit vous donner un autre rôle.',
    en: 'Somebody else must give you another role.',
  },
  already_invited: {
    fr: 'Cette adresse est déjà invitée. Vous pouvez renvoyer l’invitation.',
    en: 'This address is invited already. You can send the invitation again.',
  },
  already_sent_today: {
    fr: 'L’invitation est déjà partie aujourd’hui. Réessayez demain.',
    en: 'The invitation already left today. Try again tomorrow.',
  },
  invitation_decided: {
    fr: 'Cette invitation a déjà été acceptée ou retirée.',
    en: 'This invitation was accepted or withdrawn before.',
  },
  invitations_too_many: {
    fr: 'Trop d’invitations attendent une réponse. Retirez celles qui ne servent plus.',
    en: 'Too many invitations wait for an answer. Withdraw those no longer needed.',
  },
  last_member: {
    fr: 'Invitez d’abord un collègue : personne d’autre n’a accès. La coordination est prévenue.',
    en: 'Invite a colleague first: nobody else has access. The coordinators have been told.',
  },
  last_coordinator: {
    fr: 'Invitez d’abord une autre personne à la coordination, et attendez sa première connexion.',
    en: 'Invite another coordinator first, and wait for their first sign-in.',
  },
  tenant_not_found: {
    fr: 'Cette structure n’existe pas, ou n’est pas la vôtre.',
    en: 'This organisation does not exist, or is not yours.',
  },
  invitation_not_found: { fr: 'Cette invitation n’existe pas.', en: 'This invitation does not exist.' },
  membership_not_found: { fr: 'Cet accès n’existe pas.', en: 'This access does not exist.' },
} as const
