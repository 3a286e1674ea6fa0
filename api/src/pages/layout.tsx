import type { Child } from 'hono/jsx'
import type { Locale, Translate } from '../shared/messages.ts'

export type PageProps = { t: Translate; locale: Locale; isDemo: boolean }
type LayoutProps = PageProps & { title: string; path: string; children: Child }

/** The frame of every page: pure HTML and one stylesheet, no script. */
export function Layout({ t, locale, isDemo, title, path, children }: LayoutProps) {
  const lang = locale === 'en' ? '?lang=en' : ''
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${t('layout.name')}`}</title>
        <link rel="stylesheet" href="/assets/pages.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#content">
          {t('layout.skip')}
        </a>
        <header>
          <a class="name" href={`/${lang}`}>
            {t('layout.name')}
          </a>
          <nav>
            <a href={`/api/docs${lang}`}>{t('layout.reference')}</a>
            <a href={locale === 'en' ? `${path}?lang=fr` : `${path}?lang=en`} lang={locale === 'en' ? 'fr' : 'en'}>
              {t('layout.other')}
            </a>
          </nav>
        </header>
        {isDemo && <p class="notice">{t('layout.demo')}</p>}
        <main id="content">
          <h1>{title}</h1>
          {children}
        </main>
      </body>
    </html>
  )
}
