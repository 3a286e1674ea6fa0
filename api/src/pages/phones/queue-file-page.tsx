import type { QueueImport } from '../../saved-queues/import-queue.ts'
import { Section } from '../components/page-head.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'

export const queueFilePath = '/lieu/telephones/fichier'

type QueueFileProps = PageProps & {
  tenant: string
  done?: Omit<QueueImport, 'results'>
  /** What was given is no file of a phone. */
  isWrong?: boolean
}

/** A phone that can no longer send: its saved vouchers are handed in here. */
export function QueueFilePage({ tenant, done, isWrong = false, ...page }: QueueFileProps) {
  const { t, formats } = page
  const title = t('queue_file.title')
  const refused = done && done.refused > 0
  return (
    <Layout
      {...page}
      title={title}
      audience="venue"
      tenant={tenant}
      lede={t('queue_file.lede')}
      crumbs={[{ href: '/lieu/telephones', label: t('venue.phones') }, { label: title }]}
    >
      {done && (
        <Notice
          title={t('queue_file.done', {
            accepted: formats.number(done.accepted),
            refused: formats.number(done.refused),
          })}
          tone={refused || done.retry > 0 ? 'wait' : 'info'}
        >
          {t(done.retry > 0 ? 'queue_file.retry' : refused ? 'queue_file.refused' : 'queue_file.all_accepted')}
          {done.contests > 0 && ` ${t('queue_file.contests', { count: formats.number(done.contests) })}`}
        </Notice>
      )}
      {isWrong && (
        <Notice title={t('queue_file.wrong')} tone="wait">
          {t('queue_file.wrong.says')}
        </Notice>
      )}
      <Section title={t('queue_file.give')}>
        <form class="form" method="post" action={queueFilePath} enctype="multipart/form-data">
          <div class="field">
            <label for="file">{t('queue_file.file')}</label>
            <input id="file" name="file" type="file" accept="application/json,.json" required />
          </div>
          <button class="button button-main" type="submit">
            {t('queue_file.send')}
          </button>
        </form>
      </Section>
    </Layout>
  )
}
