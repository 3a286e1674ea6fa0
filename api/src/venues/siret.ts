import { stdnum } from 'stdnum'

/** What the ecosystem writes in `pivot` when nobody knows the SIRET. It passes the checksum. */
export const unknownPivot = '0'.repeat(14)

/**
 * A SIRET that can be paid: 14 digits, a right checksum (La Poste has a rule of its own, which `stdnum` knows), not all zeros.
 * Spaces are allowed in `text`.
 */
export function isPayableSiret(text: string): boolean {
  const digits = text.replace(/\s/g, '')
  return /^\d{14}$/.test(digits) && digits !== unknownPivot && stdnum.FR!.siret!.validate(digits).isValid
}
