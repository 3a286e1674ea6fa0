import { Layout } from './layout.tsx'
import { audienceOf, homeOf } from './navigation.ts'
import type { PageProps } from './page-props.tsx'

type ErrorProps = PageProps & { sentence: string; requestId: string; status: number }

/** What went wrong in one sentence, and the ways out. Never a detail of a bug. */
export function ErrorPage({ sentence, requestId, status, ...page }: ErrorProps) {
  const { t, person } = page
  const isMissing = status === 404
  return (
    <Layout
      {...page}
      audience={audienceOf(person)}
      title={t(isMissing ? 'error.title.404' : 'error.title')}
      lede={sentence}
    >
      {isMissing && <p>{t('error.hint.404')}</p>}
      {status >= 500 && <p>{t('error.request', { requestId })}</p>}
      <p class="under">
        {person && <a href={homeOf(person.role)}>{t('error.home')}</a>}
        <a href="/ou">{t('nav.where')}</a>
        <a href="/">{t('error.back')}</a>
      </p>
    </Layout>
  )
}
