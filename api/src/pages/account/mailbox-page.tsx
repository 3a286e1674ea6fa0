import type { KeptMail } from '../../mail/mailer.ts'
import { createRouter } from '../../shared/http.ts'
import { EmptyState } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageParts } from '../page-parts.ts'
import { draw, type PageProps, propsOf } from '../page-props.tsx'

/** What the demo would have sent, newest first, codes too: everybody may read it. */
function MailboxPage({ mails, ...page }: PageProps & { mails: readonly KeptMail[] }) {
  const { t, formats } = page
  return (
    <Layout {...page} title={t('mailbox.title')}>
      <p class="lede">{t('mailbox.lead')}</p>
      {mails.length === 0 && <EmptyState title={t('mailbox.empty')}>{t('mailbox.empty.says')}</EmptyState>}
      {mails.map(({ to, subject, text, at }) => (
        <article class="mail">
          <h2>{subject}</h2>
          <p class="of">{t('mailbox.to', { to, time: formats.time(at) })}</p>
          <pre tabindex={0}>{text}</pre>
        </article>
      ))}
    </Layout>
  )
}

/** Mounted where mails are kept and nothing leaves: the demo. */
export function createMailboxRoutes({ mode, mailer: { list } }: PageParts) {
  const routes = createRouter()
  if (mode !== 'demo' || !list) return routes
  return routes.get('/demo/courriels', (c) => draw(c, <MailboxPage {...propsOf(c, mode)} mails={list()} />))
}
