import type { Child } from 'hono/jsx'
import { Hatching } from '../components/pictures.tsx'
import { SuppressedCell } from '../components/states.tsx'
import type { PageProps } from '../page-props.tsx'

/** `count` is null when it is too small to be shown. */
export type Bar = { label: Child; count: number | null; more?: Child }

type BarsProps = Pick<PageProps, 't' | 'formats'> & {
  bars: readonly Bar[]
  heading: { label: string; count: string; more?: string }
  /** Left out when the counts shown do not make a total. */
  total?: number
  /** Of hidden counts. */
  threshold?: number
}

/** A table whose bars can be compared at a glance. Zero-based, one colour; hatched where a count is hidden. */
export function Bars({ t, formats, bars, heading, total, threshold = 11 }: BarsProps) {
  const hiddenUpTo = threshold - 1
  const largest = Math.max(1, ...bars.map(({ count }) => count ?? hiddenUpTo))
  const lengthOf = (count: number) => `${Math.round((count / largest) * 95)}%`
  const firstHidden = bars.findIndex(({ count }) => count === null)
  return (
    <table class="bars">
      <thead>
        <tr>
          <th scope="col">{heading.label}</th>
          <th scope="col" class="wide-cell">
            <span class="hide">{t('bars.bar')}</span>
          </th>
          <th scope="col" class="n">
            {heading.count}
          </th>
          {heading.more && (
            <th scope="col" class="n more">
              {heading.more}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {bars.map(({ label, count, more }, at) => (
          <tr>
            <th scope="row">{label}</th>
            <td class="wide-cell">
              <svg aria-hidden="true">
                {at === firstHidden && <Hatching id="hidden" />}
                <rect width={lengthOf(count ?? hiddenUpTo)} {...(count === null && { fill: 'url(#hidden)' })} />
              </svg>
            </td>
            <td class="n">{count === null ? <SuppressedCell t={t} threshold={threshold} /> : formats.number(count)}</td>
            {heading.more && <td class="n more">{more}</td>}
          </tr>
        ))}
      </tbody>
      {total !== undefined && (
        <tfoot>
          <tr>
            <th scope="row">{t('bars.total')}</th>
            <td class="wide-cell" />
            <td class="n">{formats.number(total)}</td>
            {heading.more && <td class="more" />}
          </tr>
        </tfoot>
      )}
    </table>
  )
}
