import type { Day } from '../../shared/days.ts'
import type { Release } from '../../statistics/release-queries.ts'
import { FormErrors, type FormState } from '../components/form.tsx'
import { Section } from '../components/page-head.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { releaseHref, releasesPath } from './releases-page.tsx'

export const noteLength = { least: 10, most: 1000 }

type NoteProps = PageProps & { release: Release; form: FormState; isRead: boolean; today: Day }

/** A public note is typed, then read as everybody will read it, then published. */
export function ReleaseNotePage({ release, form, isRead, today, ...page }: NoteProps) {
  const { t, formats } = page
  const title = t('releases.note.title', { month: formats.month(release.month) })
  const crumbs = [{ href: releasesPath, label: t('nav.releases') }, { label: title }]
  const action = `${releaseHref(release.month)}/note`
  return (
    <Layout {...page} title={title} audience="coordinator" lede={t('releases.note.lede')} crumbs={crumbs}>
      <FormErrors t={t} form={form} labels={{ note: 'releases.note.text' }} />
      {isRead ? (
        <Section title={t('releases.note.as')}>
          <div class="stack">
            <Notice title={t('data.revision', { day: formats.day(today) })} tone="wait">
              {form.values.note ?? ''}
            </Notice>
            <form class="acts-row cut" method="post" action={action}>
              <input type="hidden" name="note" value={form.values.note} />
              <button class="button button-main" type="submit" name="step" value="publish">
                {t('releases.note.do')}
              </button>
              <button class="button" type="submit" name="step" value="change">
                {t('releases.note.change')}
              </button>
            </form>
          </div>
        </Section>
      ) : (
        <form class="form" method="post" action={action}>
          <div class="field">
            <label for="note">{t('releases.note.text')}</label>
            <textarea
              id="note"
              name="note"
              rows={4}
              required
              minlength={noteLength.least}
              maxlength={noteLength.most}
              aria-describedby="note-hint"
              aria-invalid={form.errors.note ? 'true' : undefined}
            >
              {form.values.note}
            </textarea>
            <p class="small soft" id="note-hint">
              {t('releases.note.length')}
            </p>
          </div>
          <button class="button button-main" type="submit" name="step" value="read">
            {t('releases.note.read')}
          </button>
        </form>
      )}
    </Layout>
  )
}
