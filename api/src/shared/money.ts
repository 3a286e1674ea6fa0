import type { Cents } from '@carnet/db'

export type { Cents }

/** Throws `RangeError` for anything but a whole number of cents. */
export function cents(value: number): Cents {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number of cents`)
  return value as Cents
}

export function sumCents(amounts: readonly Cents[]): Cents {
  return cents(amounts.reduce((total, amount) => total + amount, 0))
}

/** `n` vouchers of `partCents` each: the only multiplication there is, and never a division. */
export function timesCents(count: number, partCents: Cents): Cents {
  return cents(count * partCents)
}

/** French form: `10,00 €`, `1 234,50 €` with narrow no-break spaces. */
export function formatEuros(amount: Cents, locale: 'fr' | 'en' = 'fr'): string {
  return new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-IE', { style: 'currency', currency: 'EUR' }).format(
    amount / 100,
  )
}

/** What somebody typed, `1 234,50` or `12.5`, in whole cents; null for anything else, also for a third decimal. */
export function readEuros(text: string): Cents | null {
  const [, whole, decimals = ''] = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(text.replace(/[\s€]/g, '')) ?? []
  return whole === undefined ? null : cents(Number(whole) * 100 + Number(decimals.padEnd(2, '0')))
}
