import type { Config } from './config.ts'

/** What whoever started Carnet reads when it answers, in French and in English. */
export function welcome({ mode, publicUrl, dataDir, databaseUrl }: Config): string {
  const kept = databaseUrl === undefined ? dataDir : 'DATABASE_URL'
  const lines = [
    `Carnet est prêt / Carnet is ready : ${publicUrl}`,
    ...(mode === 'demo' ? [`Comptes à essayer / Accounts to try : ${publicUrl}/api/v1/demo`] : []),
    `Données / Data : ${kept}`,
    'Ctrl-C arrête tout, sans rien perdre / stops everything and loses nothing.',
  ]
  return ['', ...lines, ''].join('\n')
}
