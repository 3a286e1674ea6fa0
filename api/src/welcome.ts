import type { Config } from './config.ts'
import { locales, translate } from './shared/messages.ts'

/** What whoever started Carnet reads when it answers, in French, then in English. */
export function welcome({ mode, publicUrl, dataDir, databaseUrl }: Config): string {
  const kept = databaseUrl === undefined ? dataDir : 'DATABASE_URL'
  const paragraphs = locales.map((locale) => {
    const t = translate(locale)
    return [
      t('welcome.ready', { publicUrl }),
      ...(mode === 'demo' ? [t('welcome.accounts', { publicUrl })] : []),
      t('welcome.reference', { publicUrl }),
      t('welcome.data', { kept }),
      t('welcome.stop'),
    ].join('\n')
  })
  return ['', ...paragraphs, ''].join('\n\n')
}
