/** The declaration of accessibility: what is checked, what is missing, whom to tell. It claims no audit that nobody made. */
export const accessibilityMessages = {
  'nav.accessibility': { fr: 'Accessibilité : non auditée', en: 'Accessibility: not audited' },
  'accessibility.title': { fr: 'Accessibilité', en: 'Accessibility' },
  'accessibility.lede': {
    fr: 'Ce service doit pouvoir être utilisé par tout le monde. Voici ce qui est vérifié, ce qui manque, et à qui le dire.',
    en: 'Everybody should be able to use this service. This is what is checked, what is missing, and whom to tell.',
  },
  'accessibility.state': { fr: 'État de conformité', en: 'State of conformity' },
  'accessibility.state.1': {
    fr: 'Non auditée par un tiers : personne d’extérieur n’a encore comparé ce service au référentiel français (RGAA 4.1).',
    en: 'Not audited by a third party: nobody from outside has compared this service with the French reference (RGAA 4.1) yet.',
  },
  'accessibility.state.2': {
    fr: 'Tant qu’il n’y a pas d’audit, la règle française le compte comme non conforme. Nous ne prétendons pas autre chose.',
    en: 'While there is no audit, the French rule counts it as not compliant. We claim nothing else.',
  },
  'accessibility.checked': { fr: 'Ce qui est vérifié à chaque version', en: 'What is checked at each version' },
  'accessibility.checked.1': {
    fr: 'Chaque page est lue par un outil automatique (axe), pour les règles WCAG 2.2 de niveaux A et AA : en français sur un petit écran sombre, en anglais sur un grand écran clair. Une erreur arrête la version.',
    en: 'A tool (axe) reads each page for the rules of WCAG 2.2, levels A and AA: in French on a small dark screen, in English on a large light one. A finding stops the version.',
  },
  'accessibility.checked.2': {
    fr: 'À 320 pixels de large, comme avec un fort agrandissement, aucune page ne défile de côté.',
    en: 'At 320 pixels, as with a strong zoom, no page scrolls sideways.',
  },
  'accessibility.checked.3': {
    fr: 'Les pages marchent sans JavaScript ; celle des clés d’accès et le scanner en ont besoin. Le scanner s’utilise au clavier seul, et le code d’un chèque peut être tapé sans caméra.',
    en: 'Pages work without JavaScript; passkeys and the scanner need it. The scanner can be used with the keyboard alone, and the code of a voucher can be typed without a camera.',
  },
  'accessibility.checked.4': {
    fr: 'La carte a sa liste de lieux, la trajectoire d’une campagne sa phrase et son tableau.',
    en: 'The map has its list of venues, the course of a campaign its sentence and its table.',
  },
  'accessibility.limits': { fr: 'Limites connues', en: 'Known limits' },
  'accessibility.limits.1': {
    fr: 'Un outil trouve une partie des erreurs seulement. Aucun essai avec des personnes qui utilisent un lecteur d’écran n’a été mené.',
    en: 'A tool finds only some of the mistakes. There was no trial with people who use a screen reader.',
  },
  'accessibility.limits.2': {
    fr: 'Le catalogue en PDF est balisé. Les autres PDF (rapports, bordereaux, factures, carnets) ne le sont pas : leurs chiffres sont aussi sur des pages.',
    en: 'The PDF of the catalogue is tagged. Other PDFs (reports, statements, invoices, books) are not: their figures are on pages, too.',
  },
  'accessibility.limits.3': {
    fr: 'Le carnet est en papier, sans braille. Au lieu, le médiateur scanne le chèque à la place de la personne.',
    en: 'The book is paper, without braille. At the venue, the mediator scans the voucher for the person.',
  },
  'accessibility.limits.4': {
    fr: 'Les textes que les lieux et les financeurs écrivent eux-mêmes ne sont pas relus.',
    en: 'Texts that venues and funders write themselves are not reviewed.',
  },
  'accessibility.tell': { fr: 'Signaler un problème', en: 'Tell of a problem' },
  'accessibility.tell.operator': {
    fr: 'Écrivez à qui exploite ce service : {contact}. Dites la page, et ce qui bloque ; demandez l’information sous une autre forme.',
    en: 'Write to who runs this service: {contact}. Say which page and what is in the way; ask for the information in another form.',
  },
  'accessibility.tell.nobody': {
    fr: 'Qui exploite ce service n’a pas encore donné d’adresse ici. En attendant, parlez-en au lieu ou à la personne qui vous a remis le carnet.',
    en: 'Who runs this service has not given an address here yet. Meanwhile tell the venue, or the person who handed the book to you.',
  },
  'accessibility.tell.rights': {
    fr: 'Sans réponse, vous pouvez saisir le Défenseur des droits, gratuitement : defenseurdesdroits.fr, ou 09 69 39 00 00.',
    en: 'Without an answer you may ask the Défenseur des droits, free of charge: defenseurdesdroits.fr, or 09 69 39 00 00.',
  },
} as const
