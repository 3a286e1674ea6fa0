/** What was just done, said once at the top of the page that follows. */
export const doneMessages = {
  'done.box_sent': { fr: 'Le colis est parti', en: 'The box is on its way' },
  'done.box_sent.says': {
    fr: 'Son destinataire, ou un autre membre de la coordination, dira qu’il est arrivé.',
    en: 'Its receiver, or another coordinator, will say that it arrived.',
  },
  'done.box_received': { fr: 'La réception est notée', en: 'The delivery is acknowledged' },
  'done.box_received.says': {
    fr: 'Ces carnets ne valent encore rien : un échantillon est lu, puis la coordination les active. Ne les remettez pas avant.',
    en: 'These books are worth nothing yet: a sample is scanned, then the coordination activates them. Do not hand them out before.',
  },
  'done.box_active': { fr: 'Les carnets sont actifs', en: 'The books are active' },
  'done.box_active.says': {
    fr: 'Ils peuvent être remis : tous les lieux les acceptent.',
    en: 'They can be handed out: every venue accepts them.',
  },
  'done.box_revoked': { fr: 'Le colis est révoqué', en: 'The box is revoked' },
  'done.box_revoked.says': {
    fr: 'Ses carnets sont refusés partout, et leur valeur est de nouveau disponible.',
    en: 'Its books are refused everywhere, and their value is available again.',
  },
  'done.gap_settled': { fr: 'C’est noté', en: 'It is written down' },
  'done.gap_settled.says': {
    fr: 'Arrivés, ils attendent d’être activés. Perdus, ils restent bloqués et ne valent rien.',
    en: 'Books that arrived wait to be activated. Lost ones stay blocked and worth nothing.',
  },
  'done.request_accepted': { fr: 'La demande est acceptée', en: 'The request is accepted' },
  'done.request_accepted.says': {
    fr: 'Le prescripteur le lit sur sa page. Envoyez-lui maintenant un colis imprimé, ou des carnets du stock des financeurs.',
    en: 'The prescriber reads it on its page. Now send it a printed box, or books of the funders’ stock.',
  },
  'done.request_declined': { fr: 'La demande est refusée', en: 'The request is declined' },
  'done.request_declined.says': {
    fr: 'Le prescripteur le lit sur sa page.',
    en: 'The prescriber reads it on its page.',
  },
  'done.move_declared': { fr: 'Le mouvement est noté', en: 'The move is written down' },
  'done.move_declared.says': {
    fr: 'Ces carnets ne comptent plus ici. Ils compteront là-bas quand une autre personne aura dit les avoir reçus.',
    en: 'These books no longer count here. They will count there once somebody else says that they arrived.',
  },
  'done.move_received': { fr: 'La réception est notée', en: 'The delivery is acknowledged' },
  'done.move_received.says': {
    fr: 'Ces carnets comptent maintenant dans ce stock.',
    en: 'These books now count in this stock.',
  },
  'done.move_cancelled': { fr: 'Le mouvement est annulé', en: 'The move is cancelled' },
  'done.move_cancelled.says': { fr: 'Ces carnets comptent de nouveau ici.', en: 'These books count here again.' },
  'done.books_stopped': { fr: 'L’opposition est en place', en: 'The books are stopped' },
  'done.books_stopped.says': {
    fr: 'Tous les lieux refusent ces carnets ; un téléphone hors réseau l’apprend à sa prochaine synchronisation.',
    en: 'Every venue refuses these books; a phone without a network learns it when it next synchronises.',
  },
  'done.stop_lifted': { fr: 'L’opposition est levée', en: 'The stop is lifted' },
  'done.stop_lifted.says': { fr: 'Ces carnets sont de nouveau acceptés.', en: 'These books are accepted again.' },
  'done.proof_approved': { fr: 'Le bon à tirer est donné', en: 'The proof is approved' },
  'done.proof_approved.says': {
    fr: 'Une personne de la coordination, autre que celle qui a commandé, crée maintenant les codes.',
    en: 'A coordinator, other than the one who ordered, now makes the codes.',
  },
  'done.codes_made': { fr: 'Les codes sont créés', en: 'The codes are made' },
  'done.codes_made.says': {
    fr: 'Qui a commandé peut imprimer, ou envoyer le fichier chiffré à l’imprimeur.',
    en: 'Who ordered can print them, or send the encrypted file to the printer.',
  },
  'done.account_verified': { fr: 'Le compte est vérifié', en: 'The account is verified' },
  'done.account_verified.says': {
    fr: 'Les prochains virements de cette structure y vont.',
    en: 'The next transfers of this organisation go there.',
  },
  'done.run_revoked': { fr: 'Le tirage est annulé', en: 'The print run is cancelled' },
  'done.run_revoked.says': {
    fr: 'Ses codes ne vaudront jamais rien. Les mêmes carnets peuvent être commandés de nouveau.',
    en: 'Its codes will never be worth anything. The same books can be ordered again.',
  },
  'done.structure_changed': { fr: 'Le nom et le SIRET sont enregistrés', en: 'The name and the SIRET are kept' },
  'done.structure_changed.says': {
    fr: 'Avec un autre SIRET, le compte bancaire attend d’être vérifié à nouveau.',
    en: 'With another SIRET, the bank account waits to be verified again.',
  },
  'done.venues_qualified': { fr: 'Les lieux choisis sont qualifiés', en: 'The chosen venues are qualified' },
  'done.venues_qualified.says': {
    fr: 'Ils acceptent des chèques à partir du jour écrit. Chacun invite ses médiateurs et lie ses téléphones.',
    en: 'They accept vouchers from the day written. Each one invites its mediators and links its phones.',
  },
} as const
