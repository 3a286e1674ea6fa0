/** What the error codes of the catalogue's editor and of imported files say. */
export const catalogueErrors = {
  import_too_large: {
    fr: 'Ce fichier est trop lourd : 2 Mo au plus.',
    en: 'This file is too large: at most 2 MB.',
  },
  import_too_many_rows: {
    fr: 'Ce fichier a trop de lignes : 2 600 services au plus.',
    en: 'This file has too many rows: at most 2,600 services.',
  },
  import_not_text: {
    fr: 'Ce fichier n’est ni un tableau CSV, ni un classeur XLSX. Enregistrez-le en « CSV UTF-8 » ou en « .xlsx ».',
    en: 'This file is neither a CSV table nor an XLSX workbook. Save it as “CSV UTF-8” or as “.xlsx”.',
  },
  import_columns_missing: {
    fr: 'Il manque des colonnes à ce fichier. Partez d’un export : sa première ligne donne les noms des colonnes.',
    en: 'This file lacks columns. Start from an export: its first line gives the names of the columns.',
  },
  import_column_repeated: {
    fr: 'Une colonne est deux fois dans ce fichier. Gardez-en une.',
    en: 'A column is twice in this file. Keep one of them.',
  },
  not_a_catalogue_json: {
    fr: 'Ce fichier JSON n’est pas un référentiel exporté d’ici.',
    en: 'This JSON file is not a catalogue exported from here.',
  },
  workbook_unreadable: {
    fr: 'Ce classeur ne peut pas être lu. Ouvrez-le, enregistrez-le de nouveau en « .xlsx » sans mot de passe, et réessayez.',
    en: 'This workbook cannot be read. Open it, save it again as “.xlsx” without a password, and try again.',
  },
  workbook_too_large: {
    fr: 'Ce classeur contient trop de choses une fois ouvert. Gardez une seule feuille, sans images, et réessayez.',
    en: 'This workbook holds too much once it is opened. Keep one sheet, without pictures, and try again.',
  },
  national_service_unknown: {
    fr: 'Ce service national n’est pas l’un des neuf du standard.',
    en: 'This national service is not one of the nine of the standard.',
  },
  replacement_without_day: {
    fr: 'Un service n’est remplacé que s’il est retiré : donnez le jour du retrait.',
    en: 'A service is replaced only when it is retired: give the day it is retired.',
  },
  catalogue_version_not_found: {
    fr: 'Cette version du référentiel n’existe pas.',
    en: 'There is no such version of the catalogue.',
  },
  catalogue_version_changed: {
    fr: 'Cette version du référentiel vient de changer. Relisez-la.',
    en: 'This version of the catalogue has just changed. Read it again.',
  },
  'catalogue_version_is_*': {
    fr: 'Cette version du référentiel n’est pas dans un état qui permet cette action.',
    en: 'This version of the catalogue is not in a state that allows this.',
  },
  catalogue_starts_in_the_past: {
    fr: 'Ce jour est passé : ce qui a été accepté sous la version en vigueur ne change pas. Choisissez aujourd’hui ou plus tard.',
    en: 'This day is over: what was accepted under the current version does not change. Choose today or later.',
  },
  catalogue_starts_too_early: {
    fr: 'La nouvelle version doit commencer après la version actuelle.',
    en: 'The new version must start after the current one.',
  },
  catalogue_cell_invalid: {
    fr: 'Une case du référentiel est mal remplie : les faits disent laquelle.',
    en: 'A cell of the catalogue is wrong: the facts say which.',
  },
  catalogue_value_repeated: {
    fr: 'Deux services ont la même valeur dans cette colonne.',
    en: 'Two services have the same value in this column.',
  },
  catalogue_theme_wrong: {
    fr: 'Le code d’un service commence par la lettre de son thème, et un thème a un seul nom.',
    en: 'A service’s code begins with the letter of its theme, and a theme has one name.',
  },
  catalogue_incomplete: {
    fr: 'Le référentiel n’a pas le nombre de services et de thèmes attendu.',
    en: 'The catalogue does not have the services and themes it should have.',
  },
} as const
