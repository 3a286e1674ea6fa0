import { Section } from '../components/page-head.tsx'
import type { RunProps } from './print-run-page.tsx'
import { printingHome } from './printing-page.tsx'

const api = (id: string) => `/api/v1/print-runs/${id}`

export function PaperSection({ t, run, campaign, formats }: RunProps) {
  const { face } = run
  const mark = (logoId: string | null) => (logoId ? ` (${t('printing.with_logo')})` : '')
  return (
    <Section title={t('printing.paper')} says={t('printing.paper.says')}>
      <div class="stack-s">
        <dl class="facts-list">
          <div>
            <dt>{t('printing.books')}</dt>
            <dd>{`${formats.number(run.bookCount)} × ${campaign.bookSize} × ${formats.wholeEuros(campaign.faceValueCents)}`}</dd>
          </div>
          <div>
            <dt>{t('printing.per_box')}</dt>
            <dd>{formats.number(run.booksPerBox)}</dd>
          </div>
          {face && (
            <div>
              <dt>{t('printing.paid_by')}</dt>
              <dd>{face.funders.map(({ name, logoId }) => `${name}${mark(logoId)}`).join(', ')}</dd>
            </div>
          )}
          <div>
            <dt>{t('printing.text')}</dt>
            <dd>{face?.text ?? t('printing.no_text')}</dd>
          </div>
        </dl>
        <p class="no-print">
          <a class="button" href={`${api(run.id)}/proof.pdf`}>
            {t('printing.proof')}
          </a>
        </p>
      </div>
    </Section>
  )
}

export function FilesSection({ t, formats, run, campaign, boxes, printing }: RunProps) {
  const sheets = 1 + Math.ceil(campaign.bookSize / 10)
  const drawing = printing && {
    ...{ done: formats.number(printing.doneBooks), total: formats.number(printing.totalBooks) },
  }
  return (
    <Section title={t('printing.files')} says={t('printing.files.says')}>
      <div class="stack no-print">
        {drawing && printing && (
          <p role="status">
            {t('printing.drawing', drawing)}{' '}
            <progress value={printing.doneBooks} max={printing.totalBooks} aria-hidden="true" />
          </p>
        )}
        <p class="inline-acts">
          <a class="button button-main" href={`${api(run.id)}/books.pdf`} download>
            {t('printing.all_books', { pages: formats.number(run.bookCount * sheets) })}
          </a>
          {run.ageRecipient !== null && run.receiptConfirmedOn === null && (
            <a class="button" href={`${api(run.id)}/artefact.age`} download>
              {t('printing.artefact')}
            </a>
          )}
        </p>
        {boxes.length > 1 && (
          <ul class="links">
            {boxes.map(({ number, firstCover, lastCover }) => (
              <li>
                {`${t('printing.box', { number: formats.number(number) })} `}
                <a href={`${api(run.id)}/books.pdf?firstCover=${firstCover}&lastCover=${lastCover}`} download>
                  {t('printing.box.covers', { first: formats.number(firstCover), last: formats.number(lastCover) })}
                </a>
              </li>
            ))}
          </ul>
        )}
        {run.artefactSha256 && (
          <dl class="facts-list">
            <div>
              <dt>{t('printing.sha256')}</dt>
              <dd class="code">{Buffer.from(run.artefactSha256).toString('hex')}</dd>
            </div>
          </dl>
        )}
      </div>
    </Section>
  )
}

export const LetterSection = ({ t, campaign }: RunProps) => (
  <Section title={t('printing.letter')} says={t('printing.letter.says')}>
    <form class="form" method="get" action={`/api/v1/campaigns/${campaign.id}/letter.pdf`}>
      <div class="field">
        <label for="place">{t('printing.letter.place')}</label>
        <input id="place" name="place" type="text" maxlength={80} required />
      </div>
      <button class="button" type="submit">
        {t('printing.letter.make')}
      </button>
    </form>
  </Section>
)

export const CancelSection = ({ t, run }: RunProps) => (
  <Section title={t('printing.cancel')} says={t('printing.cancel.says')}>
    <p class="no-print">
      <a class="button" href={`${printingHome}/${run.id}/annulation`}>
        {t('printing.cancel')}
      </a>
    </p>
  </Section>
)
