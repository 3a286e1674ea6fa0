import type { Child } from 'hono/jsx'
import type { PageProps } from '../page-props.tsx'

/** `Reste *12 €*` draws what stands between stars in bold. */
export const Rich = ({ children }: { children: string }): Child => (
  <>{children.split('*').map((part, at) => (at % 2 === 1 ? <b>{part}</b> : part))}</>
)

/** A count for a sentence with `{count} carnet{s}`: French counts nought as one, English does not. */
export const counted = ({ locale, formats }: Pick<PageProps, 'locale' | 'formats'>, count: number) => ({
  count: formats.number(count),
  s: (locale === 'fr' ? Math.abs(count) < 2 : Math.abs(count) === 1) ? '' : 's',
})

/** What people wrote, with the blanks that French print wants, so that no colon starts a line. */
export const typeset = (text: string): string =>
  text
    .replace(/[ \u00a0]([;:!?»%€])/g, '\u202f$1')
    .replace(/«[ \u00a0]/g, '«\u202f')
    .replaceAll("'", '’')

/** The beginning of a long text, cut at a word. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text
  const cut = text.slice(0, length)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), length / 2))}…`
}
