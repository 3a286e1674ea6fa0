import type { PossibleDuplicate } from '../../venues/run-import.ts'
import type { VenueFile } from '../../venues/venue-file-queries.ts'
import { Section } from '../components/page-head.tsx'
import { hrefWith, type PageProps } from '../page-props.tsx'
import { importPath } from './venue-import-page.tsx'

type Props = PageProps & { file: VenueFile; part: number }
const perPart = 20

/** Possible duplicates, a part at a time: each is the same place, another one, or waits. One form, no script. */
export function DuplicateReview({ file, part, ...page }: Props) {
  const { t, formats, here } = page
  const { duplicates, duplicateCount } = file.report
  const parts = Math.ceil(duplicates.length / perPart)
  const at = Math.min(Math.max(part, 1), parts)
  const decided = formats.number(Object.keys(file.decisions).length)
  const says = t('venue_import.duplicates.says', { decided, count: formats.number(duplicateCount) })
  return (
    <Section title={t('venue_import.duplicates')} says={says} isWide>
      <form class="form" method="post" action={`${importPath}/${file.id}/doublons`}>
        <input type="hidden" name="partie" value={at} />
        {duplicates.slice((at - 1) * perPart, at * perPart).map((duplicate) => (
          <Duplicate {...page} duplicate={duplicate} decision={file.decisions[duplicate.row] ?? 'aside'} />
        ))}
        <p>
          <button class="button button-main" type="submit">
            {t('venue_import.save')}
          </button>
        </p>
      </form>
      {parts > 1 && (
        <nav class="inline-acts" aria-label={t('venue_import.part', { page: at, pages: parts })}>
          {at > 1 && <a href={hrefWith(here, { partie: at - 1 })}>{t('venue_import.before')}</a>}
          <span>{t('venue_import.part', { page: at, pages: parts })}</span>
          {at < parts && <a href={hrefWith(here, { partie: at + 1 })}>{t('venue_import.next')}</a>}
        </nav>
      )}
    </Section>
  )
}

function Duplicate({
  t,
  formats,
  duplicate,
  decision,
}: PageProps & { duplicate: PossibleDuplicate; decision: string }) {
  const { row, name, address, commune, candidates } = duplicate
  const choice = `row-${row}`
  const choose = (value: string, label: string) => (
    <label>
      <input type="radio" name={choice} value={value} checked={decision === value} /> <span>{label}</span>
    </label>
  )
  const apart = (metres: number | null) =>
    metres === null ? '' : ` (${t('venue_import.metres', { metres: formats.number(metres) })})`
  return (
    <fieldset class="field choices">
      <legend>
        <b>{name}</b>
        {`, ${address}, ${commune} (${t('venue_import.row')} ${row})`}
      </legend>
      {candidates.map((known) =>
        known.venueId === null ? (
          <p class="small soft">
            {t('venue_import.same_row', { row: known.row ?? '', name: known.name, address: known.address })}
            {apart(known.metres)}
          </p>
        ) : (
          choose(
            known.venueId,
            t('venue_import.same', { name: known.name, address: known.address }) + apart(known.metres),
          )
        ),
      )}
      {choose('new', t('venue_import.new'))}
      {choose('aside', t('venue_import.skip'))}
    </fieldset>
  )
}
