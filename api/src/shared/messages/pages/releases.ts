/** The coordinator's pages about publishing a month, and noting what was wrong in it. */
export const releasePageMessages = {
  'nav.releases': { fr: 'Publications', en: 'Releases' },
  'releases.lede': {
    fr: 'Chaque mois est publié une fois, et pour toujours. La nuit du jour dit, cela se fait tout seul ; ici, on peut voir ce qui vient, publier soi-même, et dire en public ce qui était faux.',
    en: 'Each month is published once, for ever. It happens by itself on the night of its day; here you see what comes, publish by hand, and say in public what was wrong.',
  },
  'releases.coming': { fr: 'À publier', en: 'To publish' },
  'releases.coming.says': {
    fr: 'Les mois terminés que personne ne peut encore lire.',
    en: 'Months that are over and that nobody can read yet.',
  },
  'releases.coming.none': { fr: 'Aucun mois n’attend', en: 'No month waits' },
  'releases.coming.none.says': {
    fr: 'Le mois en cours sera publié après sa fin, le {day}.',
    en: 'The current month is published after its end, on {day}.',
  },
  'releases.due': { fr: 'peut être publié', en: 'may be published' },
  'releases.when': { fr: 'Publication', en: 'Publication' },
  'releases.from': { fr: 'à partir du {day}', en: 'from {day}' },
  'releases.look': { fr: 'Voir ce qui sera publié', en: 'See what will be published' },
  'releases.done': { fr: 'Publiés', en: 'Published' },
  'releases.done.says': {
    fr: 'Les chiffres ne changent plus. Ce qui était faux se dit par une note, une par jour au plus, à côté des chiffres.',
    en: 'The figures stay. What was wrong is told by a note beside them, one a day at most.',
  },
  'releases.told': { fr: '{told} nombres sur {cells} cases', en: '{told} counts in {cells} cells' },
  'releases.note': { fr: 'Écrire une note', en: 'Write a note' },
  'releases.notes': { fr: 'Notes', en: 'Notes' },
  'releases.plan.title': { fr: 'Publier {month}', en: 'Publish {month}' },
  'releases.plan.lede': {
    fr: 'Une fois publié, ce mois ne change plus : ni correction, ni seconde version. Deux versions d’un mois, à une annulation près, trahiraient une personne.',
    en: 'Once published, this month never changes: no correction, no second version. Two versions of a month, one reversal apart, would give a person away.',
  },
  'releases.plan.tables': { fr: 'Ce qui sera publié', en: 'What will be published' },
  'releases.plan.tables.says': {
    fr: 'Toutes les cases possibles y sont, vides ou non : y être ne dit rien.',
    en: 'Every cell that could be is there, used or not: being there tells nothing.',
  },
  'releases.plan.table': { fr: 'Tableau', en: 'Table' },
  'releases.plan.span': { fr: 'Période', en: 'Period' },
  'releases.plan.cells': { fr: 'Cases', en: 'Cells' },
  'releases.plan.before': { fr: 'La dernière fois', en: 'Last time' },
  'releases.plan.silent': { fr: 'Ce qui restera caché, et pourquoi', en: 'What stays hidden, and why' },
  'releases.plan.silent.1': {
    fr: 'Toute case sous {threshold} utilisations, zéro compris : un seul carnet n’atteint pas ce nombre.',
    en: 'Every cell below {threshold} uses, zero included: one book alone does not reach that count.',
  },
  'releases.plan.silent.2': {
    fr: 'Tout territoire où moins de trois lieux ont servi, ou dont un lieu fait plus de 85 % : ce lieu en tirerait les autres.',
    en: 'Every territory where fewer than three venues served, or one makes more than 85 %: that venue could tell the others.',
  },
  'releases.plan.silent.3': {
    fr: 'Les autres nombres sont arrondis à 5.',
    en: 'The other counts are rounded to 5.',
  },
  'releases.plan.silent.4': {
    fr: 'Cette page ne dit pas d’avance quelles cases resteront cachées, ni combien : relue après une annulation, elle dirait ce que la personne a fait.',
    en: 'This page does not tell beforehand which cells will be hidden, nor how many: read again after a reversal, it would tell what the person did.',
  },
  'releases.plan.do': { fr: 'Publier {month} pour toujours', en: 'Publish {month} for ever' },
  'releases.plan.back': { fr: 'Pas maintenant', en: 'Not now' },
  'releases.plan.wait': { fr: 'Pas avant le {day}', en: 'Not before {day}' },
  'releases.plan.wait.says': {
    fr: 'Les lieux peuvent encore annuler ou corriger un chèque de ce mois. Le jour venu, la publication se fait toute seule.',
    en: 'Venues may still undo or correct a voucher of this month. On the day it is published by itself.',
  },
  'releases.note.title': { fr: 'Note sur {month}', en: 'Note on {month}' },
  'releases.note.lede': {
    fr: 'Tout le monde la lira à côté des chiffres, et elle ne s’efface pas. Ne nommez personne et n’écrivez aucun nombre caché.',
    en: 'Everybody will read it beside the figures, and it cannot be erased. Name nobody and write no hidden count.',
  },
  'releases.note.text': {
    fr: 'Ce qui était faux, en une ou deux phrases',
    en: 'What was wrong, in one or two sentences',
  },
  'releases.note.length': { fr: 'Entre 10 et 1 000 caractères.', en: 'Between 10 and 1,000 characters.' },
  'releases.note.read': { fr: 'Relire avant de publier', en: 'Read it before publishing' },
  'releases.note.as': { fr: 'Voici ce que tout le monde lira', en: 'This is what everybody will read' },
  'releases.note.do': { fr: 'Publier cette note', en: 'Publish this note' },
  'releases.note.change': { fr: 'Changer le texte', en: 'Change the text' },
} as const
