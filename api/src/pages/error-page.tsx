import { Layout } from './layout.tsx'
import type { PageProps } from './page-props.tsx'

type ErrorProps = PageProps & { sentence: string; requestId: string; status: number }

/** What went wrong in one sentence, and the way back. Never a detail of a bug. */
export function ErrorPage({ sentence, requestId, status, ...page }: ErrorProps) {
  const { t } = page
  return (
    <Layout {...page} title={t('error.title')}>
      <p class="lede">{sentence}</p>
      {status >= 500 && <p>{t('error.request', { requestId })}</p>}
      <p>
        <a href="/">{t('error.back')}</a>
      </p>
    </Layout>
  )
}
