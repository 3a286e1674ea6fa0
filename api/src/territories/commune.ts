/** A commune as addresses mean it: by a code of today or of yesterday, of an arrondissement, or by its name and postcode. */
export type KnownCommune = {
  code: string
  name: string
  parentCode: string | null
  formerCodes: string[]
  postalCodes: string[]
}

const plainName = (name: string) =>
  name
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/\bste\b/g, 'sainte')
    .replace(/\bst\b/g, 'saint')
    .trim()

const currentCode = ({ parentCode, code }: KnownCommune) => parentCode ?? code

/**
 * Makes the look-up of `communes`. It gives the code of the commune of today (Paris for one of its arrondissements), or undefined:
 * by code when there is one, else by name among the communes of the postcode.
 */
export function communeFinder(communes: readonly KnownCommune[]) {
  const byCode = new Map([
    ...communes.flatMap((commune) => commune.formerCodes.map((code) => [code, currentCode(commune)] as const)),
    ...communes.map((commune) => [commune.code, currentCode(commune)] as const),
  ])
  const byPostcode = new Map<string, KnownCommune[]>()
  for (const commune of communes)
    for (const postcode of commune.postalCodes) byPostcode.set(postcode, [...(byPostcode.get(postcode) ?? []), commune])

  return (address: { code: string; postalCode: string; name: string }): string | undefined => {
    if (address.code !== '') return byCode.get(address.code)
    const name = plainName(address.name)
    const found = (byPostcode.get(address.postalCode) ?? []).filter((commune) => plainName(commune.name) === name)
    const codes = new Set(found.map(currentCode))
    return codes.size === 1 ? [...codes][0] : undefined
  }
}
