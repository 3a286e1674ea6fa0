import { wordsOfDevices } from './words-of-devices.ts'
import { wordsOfLife } from './words-of-life.ts'
import { wordsOfWorks } from './words-of-works.ts'

/** Words that say nothing about the service asked for. */
export const emptyWords = `
  a ai aide aider alors apprendre arrive arriver as au aux avec avoir besoin c ca ce ces cet cette ceux comment comprendre connaitre d dans
  de des du elle en entre est et etre fait faire gerer il ils j je jai l la le les leur lui m ma marche mais me mes mettre moi mon n ne nos
  notre nous on ou ouvrir par pas peux peut plus pour qu quand que qui quoi s sa sais savoir se ses si son sont sur t ta te tes the toi ton
  tu un une utiliser utilisation veux vos votre vous voudrais y`

/**
 * What people say, and the words the catalogue uses for it. An expression of several words is found before its parts. The words are added
 * to the search, so a new version of the catalogue keeps what it can of them.
 */
export const everydayWords: Readonly<Record<string, string>> = { ...wordsOfLife, ...wordsOfDevices, ...wordsOfWorks }
