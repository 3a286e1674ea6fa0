import type { Day, Month } from './days.ts'
import type { Locale } from './messages.ts'
import type { Cents } from './money.ts'

/** How figures and dates are written. One place, so that a number looks the same on every page. */
export type Formats = ReturnType<typeof formatsOf>

const tags = { fr: 'fr-FR', en: 'en-GB' } as const
/** French wants a narrow no-break space before €, % and in thousands; `Intl` gives a wide one before €. */
const narrow = (text: string) => text.replaceAll('\u00a0', '\u202f')
const noonOf = (day: Day) => new Date(`${day}T12:00:00Z`)

export function formatsOf(locale: Locale) {
  const tag = tags[locale]
  const date = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', ...options })
    return (day: Day) => format.format(noonOf(day))
  }
  const digits = (decimals: number) =>
    new Intl.NumberFormat(tag, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
  const currency = (decimals: number) => {
    const options = { style: 'currency', currency: 'EUR', minimumFractionDigits: decimals } as const
    const format = new Intl.NumberFormat(tag, { ...options, maximumFractionDigits: decimals })
    return (amount: Cents | number) => narrow(format.format(amount / 100)).replace('-', '−')
  }
  const percentFormat = new Intl.NumberFormat(tag, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  })
  const [whole, oneDecimal] = [digits(0), digits(1)]
  const clock = new Intl.DateTimeFormat(tag, { timeZone: 'Europe/Paris', hour: 'numeric', minute: '2-digit' })
  return {
    number: (value: number) => narrow(whole.format(value)).replace('-', '−'),
    decimal: (value: number) => narrow(oneDecimal.format(value)),
    /** `0.449` is `44,9 %`. */
    percent: (ratio: number) => narrow(percentFormat.format(ratio)),
    /** Where a document or a payment is shown: always with its cents. */
    euros: currency(2),
    /** In a file: `1234,50`, or `1234.50` in English. */
    plainEuros: (amount: Cents) => (amount / 100).toFixed(2).replace('.', locale === 'fr' ? ',' : '.'),
    /** Everywhere else: `38 790 €`. */
    wholeEuros: currency(0),
    day: date({ day: '2-digit', month: '2-digit', year: 'numeric' }),
    /** `mercredi 25/11/2026`. */
    weekdayAndDay: (day: Day) =>
      `${date({ weekday: 'long' })(day)} ${date({ day: '2-digit', month: '2-digit', year: 'numeric' })(day)}`,
    weekday: date({ weekday: 'long' }),
    month: date({ month: 'long', year: 'numeric' }) as (month: Month) => string,
    /** `de mars 2026`, `d’octobre 2026`. */
    ofMonth: (month: Month) => {
      const name = date({ month: 'long', year: 'numeric' })(month)
      return locale === 'en' ? `of ${name}` : /^[ao]/.test(name) ? `d’${name}` : `de ${name}`
    },
    monthName: date({ month: 'long' }) as (month: Month) => string,
    shortMonth: date({ month: 'short' }) as (month: Month) => string,
    /** `11 h 50`. */
    time: (instant: Date) =>
      locale === 'fr'
        ? clock
            .format(instant)
            .replace(/^0(?=\d)/, '')
            .replace(':', '\u00a0h\u00a0')
        : clock.format(instant),
  }
}
