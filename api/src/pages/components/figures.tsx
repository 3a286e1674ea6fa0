import type { Child } from 'hono/jsx'
import type { Day } from '../../shared/days.ts'
import type { Formats } from '../../shared/formats.ts'
import type { Translate } from '../../shared/messages.ts'

/** `method`: where it is explained how it is counted. */
export type FigureValue = { label: string; value: string; of: Child; href?: string; method?: string }

/** Never a value alone: a figure says of what it is, and leads to what it is made of. */
const Figure = ({ label, value, of, href, method }: FigureValue) => (
  <div class="figure">
    <dt>{method ? <a href={method}>{label}</a> : label}</dt>
    <dd class="value">{href ? <a href={href}>{value}</a> : value}</dd>
    <dd class="of">{of}</dd>
  </div>
)

export const Figures = ({ items }: { items: readonly FigureValue[] }) => (
  <dl class="figures">
    {items.map((item) => (
      <Figure {...item} />
    ))}
  </dl>
)

export type ContextNote = { body: string; author: string; writtenOn: Day }
type RateProps = {
  t: Translate
  formats: Formats
  numerator: number
  denominator: number
  /** Why there is none: `null` only then. */
  rate: number | null
  /** "3 879 chèques utilisés sur 8 640 chèques remis". */
  fraction: Child
  /** Where it is explained how the rate is counted. */
  method: string
  note: ContextNote | null
  /** Where to read older notes, or write one. */
  noteLinks?: Child
  /** Middle half and median of comparable campaigns, when at least five exist. */
  comparables?: { low: number; median: number; high: number; says: string } | undefined
}

/** The rate and its note are one thing and cannot be shown apart. Without a note the rate is plain text, and its place says so. */
export function RateWithContext({ t, formats, rate, fraction, method, note, noteLinks, comparables }: RateProps) {
  const shown = rate === null ? null : formats.percent(rate)
  return (
    <div class="rate">
      <div>
        {shown && <p class={note ? 'big' : 'big-without-note'}>{shown}</p>}
        <p class="fraction">{fraction}</p>
        <p class="small no-print">
          <a href={method}>{t('method.how')}</a>
        </p>
        {rate !== null && <RateScale formats={formats} rate={rate} comparables={comparables} />}
      </div>
      <div class="note">
        {note ? (
          <>
            <blockquote>{note.body}</blockquote>
            <footer>
              {note.author}
              <br />
              {formats.day(note.writtenOn)} {noteLinks}
            </footer>
          </>
        ) : (
          <p>
            {t('rate.no_note')} {noteLinks}
          </p>
        )}
      </div>
    </div>
  )
}

type ScaleProps = Pick<RateProps, 'formats' | 'comparables'> & { rate: number }

/** A bracket for the middle half, a tick for the median. No rank, no names, no arrow. */
function RateScale({ formats, rate, comparables }: ScaleProps) {
  const at = (ratio: number) => Math.round(Math.min(1, Math.max(0, ratio)) * 440)
  const value = formats.percent(rate)
  return (
    <figure class="chart">
      <svg
        viewBox="0 0 440 74"
        width="440"
        height="74"
        role="img"
        aria-label={comparables ? `${value}. ${comparables.says}` : value}
      >
        <rect y="22" width="440" height="10" class="fill-line" />
        <rect y="22" width={at(rate)} height="10" class="fill" />
        {comparables && (
          <>
            <path d={`M${at(comparables.low)} 40v8H${at(comparables.high)}v-8`} class="no s-ink" stroke-width="1.500" />
            <path d={`M${at(comparables.median)} 40v12`} class="s-ink" stroke-width="3" />
            <text x={at(comparables.median)} y="68" text-anchor="middle">
              {formats.percent(comparables.median)}
            </text>
          </>
        )}
        <text x="0" y="15" class="t-soft">
          0
        </text>
        <text x="440" y="15" text-anchor="end" class="t-soft">
          {formats.percent(1).replace(/[,.]0/, '')}
        </text>
      </svg>
      {comparables && (
        <figcaption>
          <span>{comparables.says}</span>
        </figcaption>
      )}
    </figure>
  )
}
