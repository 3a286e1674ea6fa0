/** Who pays for vouchers in advance. Its name and its SIRET are its own. */
import type { funderKind } from '@carnet/db'
import { AppError } from '../shared/errors.ts'
import { isPayableSiret } from '../venues/siret.ts'

export type FunderKind = (typeof funderKind.enumValues)[number]

/** Without spaces. Throws `invalid` `siret_invalid`. */
export function checkSiret(text: string): string {
  if (!isPayableSiret(text)) throw new AppError('invalid', 'siret_invalid', 'The SIRET has a mistake')
  return text.replace(/\s/g, '')
}

export const funderKnown = () =>
  new AppError('conflict', 'funder_known', 'A funder of this name or SIRET is there already')
