/** Errors of what is printed: logos, texts and files of books. */
export const paperErrors = {
  logo_missing: { fr: 'Choisissez une image.', en: 'Choose a picture.' },
  logo_not_png: {
    fr: 'Ce fichier n’est pas une image PNG. Enregistrez le logo au format PNG et envoyez-le de nouveau.',
    en: 'This file is not a PNG picture. Save the logo as PNG and send it again.',
  },
  logo_broken: {
    fr: 'Cette image ne se lit pas : le fichier est abîmé. Enregistrez-la de nouveau au format PNG.',
    en: 'This picture cannot be read: the file is damaged. Save it again as PNG.',
  },
  logo_too_heavy: {
    fr: 'Le fichier dépasse 1 Mo. Enregistrez une image plus petite : 1 000 pixels de large suffisent.',
    en: 'The file is over 1 MB. Save a smaller picture: 1,000 pixels across are enough.',
  },
  logo_too_large: {
    fr: 'L’image a trop de pixels : 4 000 de côté et 4 millions en tout au plus. 1 000 de large suffisent.',
    en: 'The picture has too many pixels: 4,000 on a side and 4 million in all at most. 1,000 across are enough.',
  },
  logo_too_small: {
    fr: 'L’image est trop petite pour être imprimée : donnez au moins 200 pixels de large ou de haut.',
    en: 'The picture is too small for print: give 200 pixels across or more.',
  },
  logo_too_pale: {
    fr: 'Sur papier blanc, on ne verrait rien de ce logo. Envoyez sa version foncée.',
    en: 'On white paper nothing of this logo would be seen. Send its dark version.',
  },
  cover_text_too_long: {
    fr: 'Le texte de la couverture a 120 caractères au plus : raccourcissez-le.',
    en: 'The text on the cover has 120 characters at most: make it shorter.',
  },
  place_unknown: {
    fr: 'Aucune commune ne porte ce nom ou ce code postal : écrivez-le autrement.',
    en: 'No commune has this name or postcode: write it another way.',
  },
  covers_not_of_run: {
    fr: 'Certains de ces numéros de couverture ne sont pas de ce tirage.',
    en: 'Some of these covers are not of this print run.',
  },
  generation_cancelled: {
    fr: 'La création des codes a été arrêtée. Rien n’a été créé : on peut la relancer.',
    en: 'The making of codes was stopped. Nothing was made: it can be started again.',
  },
  generation_not_running: {
    fr: 'Aucun code de ce tirage n’est en cours de création.',
    en: 'No codes of this print run are being made.',
  },
  no_printer_key: {
    fr: 'Ce tirage a été commandé sans la clé d’un imprimeur : imprimez les carnets en PDF.',
    en: 'This print run was ordered without the key of a printer: print the books as PDF.',
  },
  not_a_count: { fr: 'Écrivez un nombre entier.', en: 'Write a whole number.' },
  logo_not_found: { fr: 'Il n’y a pas de logo.', en: 'There is no logo.' },
} as const
