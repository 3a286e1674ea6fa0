import type { Child } from 'hono/jsx'
import { dayOf } from '../shared/days.ts'
import { DoneNotice } from './components/done-notice.tsx'
import { type HeadProps, PageHead } from './components/page-head.tsx'
import { Logo } from './components/pictures.tsx'
import { type Audience, footer, homeOf, navigation, type Place } from './navigation.ts'
import { hrefWith, type PageProps } from './page-props.tsx'
import { stylesheetPath } from './stylesheet.ts'

type LayoutProps = PageProps &
  HeadProps & {
    children: Child
    audience?: Audience
    /** In place of the heading that is made of the title and what belongs to it. */
    head?: Child
    /** For whom the signed-in person works: "Association Le Trait d’union". */
    tenant?: string | undefined
  }

/** The frame of every page: pure HTML and one stylesheet, no script. */
export function Layout({ head, children, audience = 'public', tenant, ...page }: LayoutProps) {
  const { t, locale, title, lede, facts, tools, crumbs } = page
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} – ${t('layout.name')}`}</title>
        <link rel="stylesheet" href={stylesheetPath} />
        <link rel="icon" href="/assets/carnet.svg" type="image/svg+xml" />
      </head>
      <body>
        <a class="skip" href="#content">
          {t('layout.skip')}
        </a>
        <Header {...page} audience={audience} tenant={tenant} />
        <main class="page" id="content" tabindex={-1}>
          {head ?? <PageHead {...{ title, lede, facts, tools, crumbs }} />}
          <DoneNotice {...page} />
          {children}
        </main>
        <Footer {...page} />
      </body>
    </html>
  )
}

function Header({
  t,
  here,
  person,
  audience,
  tenant,
  isDemo,
}: PageProps & { audience: Audience; tenant: string | undefined }) {
  const path = here.split('?')[0]
  return (
    <header class="top">
      {isDemo && (
        <p class="demo">
          <span>{t('layout.demo')}</span>
        </p>
      )}
      <div class="top-in">
        <a class="brand" href="/">
          <Logo />
          {t('layout.name')}
        </a>
        <nav class="nav" aria-label={t('layout.main_nav')}>
          <ul>
            {navigation[audience]
              .filter((place) => mayOpen(place, person))
              .map(({ href, says }) => (
                <li>
                  <a href={href} aria-current={path === href ? 'page' : undefined}>
                    {t(says)}
                  </a>
                </li>
              ))}
          </ul>
        </nav>
        <div class="who">
          {person ? (
            <span>
              {tenant ?? t(`role.${person.role}`)}
              <br />
              <a href={homeOf(person.role)}>{person.name}</a> <a href="/compte">{t('account.title')}</a>
            </span>
          ) : (
            <a href="/connexion">{t('nav.sign_in')}</a>
          )}
        </div>
      </div>
    </header>
  )
}

const mayOpen = ({ onlyFor }: Place, person: PageProps['person']) =>
  onlyFor === undefined || (person !== undefined && onlyFor.includes(person.role))

function Footer({ t, here, locale, person, formats, now, isDemo }: PageProps) {
  const other = locale === 'fr' ? 'en' : 'fr'
  return (
    <footer class="page">
      <div class="foot">
        <ul>
          {footer.map(({ href, says }) => (
            <li>
              <a href={href}>{t(says)}</a>
            </li>
          ))}
          <li>
            <a href={hrefWith(here, { lang: other })} lang={other} hreflang={other}>
              {t('layout.other')}
            </a>
          </li>
        </ul>
        {person && (
          <form method="post" action="/deconnexion" class="no-print">
            <button class="link" type="submit">
              {t('nav.sign_out', { name: person.name })}
            </button>
          </form>
        )}
        <p class="print-only">{t('layout.printed', { day: formats.day(dayOf(now)), time: formats.time(now) })}</p>
        <p>{t('layout.promise')}</p>
        {isDemo && <p class="print-only">{t('layout.demo')}</p>}
      </div>
    </footer>
  )
}
