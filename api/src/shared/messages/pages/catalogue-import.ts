/** A file of services: what is wrong in which cell, and what it would change. */
export const catalogueImportMessages = {
  'import.title': { fr: 'Importer un référentiel', en: 'Import a catalogue' },
  'import.lede': {
    fr: 'Un fichier CSV, XLSX ou JSON devient un brouillon. Vous voyez d’abord ce qu’il change ; rien n’est enregistré avant votre accord.',
    en: 'A CSV, XLSX or JSON file becomes a draft. You first see what it changes; nothing is saved before you agree.',
  },
  'import.give': { fr: 'Choisir un fichier', en: 'Choose a file' },
  'import.give.says': {
    fr: 'Le plus simple : exportez la version en vigueur, modifiez-la dans un tableur, et rapportez-la ici.',
    en: 'The simplest way: export the version in force, edit it in a spreadsheet, and bring it back here.',
  },
  'import.file': { fr: 'Fichier, 2 Mo au plus', en: 'File, at most 2 MB' },
  'import.look': { fr: 'Voir ce que ce fichier change', en: 'See what this file changes' },
  'import.refused': { fr: 'Ce fichier ne peut pas être lu', en: 'This file cannot be read' },
  'import.none': { fr: 'Choisissez un fichier.', en: 'Choose a file.' },
  'import.wrong': { fr: 'Cases à corriger : {count}', en: 'Cells to correct: {count}' },
  'import.wrong.says': {
    fr: 'Corrigez-les dans votre fichier, puis rapportez-le. Rien n’a été enregistré.',
    en: 'Correct them in your file, then bring it back. Nothing was saved.',
  },
  'import.wrong.first': { fr: 'Les {count} premières.', en: 'The first {count}.' },
  'import.row': { fr: 'Ligne', en: 'Row' },
  'import.column': { fr: 'Colonne', en: 'Column' },
  'import.value': { fr: 'Ce qui est écrit', en: 'What is written' },
  'import.todo': { fr: 'Quoi faire', en: 'What to do' },
  'import.empty': { fr: 'vide', en: 'empty' },
  'import.read': { fr: 'Services lus : {count}', en: 'Services read: {count}' },
  'import.old_encoding': {
    fr: 'Ce fichier n’est pas en UTF-8. Il a été lu en Windows-1252 : vérifiez les accents ci-dessous.',
    en: 'This file is not UTF-8. It was read as Windows-1252: check the accents below.',
  },
  'import.ignored': { fr: 'Colonnes laissées de côté : {columns}.', en: 'Columns left aside: {columns}.' },
  'import.changes': { fr: 'Ce que ce fichier change', en: 'What this file changes' },
  'import.changes.says': {
    fr: 'Par rapport à la version {number}, en vigueur.',
    en: 'Compared with version {number}, in force.',
  },
  'import.confirm': { fr: 'Créer le brouillon', en: 'Make the draft' },
  'import.confirm.says': {
    fr: 'Le brouillon se relit et se modifie encore avant d’être publié.',
    en: 'The draft can still be read again and edited before it is published.',
  },
  'import.cell.missing': { fr: 'Remplissez cette case.', en: 'Fill in this cell.' },
  'import.cell.too_long': { fr: 'Raccourcissez ce texte.', en: 'Shorten this text.' },
  'import.cell.formula': {
    fr: 'Remplacez la formule par sa valeur (collage spécial, valeurs).',
    en: 'Replace the formula by its value (paste special, values).',
  },
  'import.cell.code': {
    fr: 'Écrivez une lettre majuscule et deux chiffres, comme D02.',
    en: 'Write a capital letter and two digits, like D02.',
  },
  'import.cell.theme': {
    fr: 'Écrivez la lettre du thème : celle par laquelle le code commence.',
    en: 'Write the letter of the theme: the one that the code begins with.',
  },
  'import.cell.theme_two_titles': {
    fr: 'Donnez à ce thème le même nom sur toutes ses lignes, et à chaque thème le sien.',
    en: 'Give this theme the same name on all its rows, and each theme its own.',
  },
  'import.cell.repeated': {
    fr: 'Un autre service a déjà cette valeur : changez l’un des deux.',
    en: 'Another service already has this value: change one of them.',
  },
  'import.cell.level': {
    fr: 'Écrivez decouverte, autonomie ou approfondissement.',
    en: 'Write decouverte, autonomie or approfondissement.',
  },
  'import.cell.national': {
    fr: 'Recopiez l’un des neuf services du standard national, lettre pour lettre.',
    en: 'Copy one of the nine services of the national standard, letter by letter.',
  },
  'import.cell.minutes': {
    fr: 'Écrivez un nombre de minutes, de 15 à 480.',
    en: 'Write a number of minutes, from 15 to 480.',
  },
  'import.cell.day': {
    fr: 'Écrivez un jour sous la forme 2026-12-31.',
    en: 'Write a day in the form 2026-12-31.',
  },
  'import.cell.replacement_unknown': {
    fr: 'Écrivez le code d’un autre service de cette version.',
    en: 'Write the code of another service of this version.',
  },
  'import.cell.replacement_retired': {
    fr: 'Ce remplaçant est lui-même retiré : choisissez un service proposé.',
    en: 'This replacement is itself retired: choose a service that is offered.',
  },
  'import.cell.replacement_without_day': {
    fr: 'Donnez aussi le jour du retrait, ou videz cette case.',
    en: 'Also give the day it is retired, or empty this cell.',
  },
} as const
