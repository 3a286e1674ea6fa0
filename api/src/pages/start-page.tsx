import type { DemoAccount } from '../accounts/demo-accounts.ts'
import type { Person } from '../shared/context.ts'
import type { MessageKey } from '../shared/messages.ts'
import { Layout, type PageProps } from './layout.tsx'

type StartProps = PageProps & { person: Person | undefined; accounts: readonly DemoAccount[] }

const runs = ['start.what.books', 'start.what.scans', 'start.what.money', 'start.what.catalogue'] as const

/** What runs here, for whom, and where to go: the first page anyone sees. */
export function StartPage({ person, accounts, ...page }: StartProps) {
  const { t, isDemo } = page
  return (
    <Layout {...page} title={t('start.title')} path="/">
      <p class="lead">{t('start.lead')}</p>
      <p class="promise">{t('start.promise')}</p>
      {person && (
        <p class="signed-in" role="status">
          {t('start.signed_in', { name: person.name, role: t(`role.${person.role}`) })} {t('start.signed_in.next')}
        </p>
      )}
      <section>
        <h2>{t('start.what')}</h2>
        <ul>
          {runs.map((key) => (
            <li>{t(key)}</li>
          ))}
        </ul>
        <p>{t('start.later')}</p>
      </section>
      <section>
        <h2>{t('start.where')}</h2>
        <ul class="links">
          <Destination {...page} href="/api/docs" says="start.reference" />
          <Destination {...page} href="/api/openapi.json" says="start.openapi" />
          <Destination {...page} href="/api/v1/catalogue" says="start.catalogue" />
          <Destination {...page} href="/api/v1/venues.csv" says="start.venues" />
          {isDemo && <Destination {...page} href="/api/v1/demo" says="start.demo" />}
        </ul>
      </section>
      {accounts.length > 0 && <Accounts {...page} accounts={accounts} />}
    </Layout>
  )
}

function Destination({ t, href, says }: PageProps & { href: string; says: MessageKey }) {
  return (
    <li>
      <a href={href}>{t(says)}</a>
      <code>{href}</code>
    </li>
  )
}

function Accounts({ t, accounts }: PageProps & { accounts: readonly DemoAccount[] }) {
  return (
    <section>
      <h2>{t('start.accounts')}</h2>
      <p>{t('start.accounts.lead')}</p>
      <ul class="accounts">
        {accounts.map(({ role, name, organisation, signInUrl }) => (
          <li>
            <span>
              <strong>{t(`role.${role}`)}</strong>
              <span>{organisation ? `${name}, ${organisation}` : name}</span>
            </span>
            <a class="button" href={new URL(signInUrl).pathname} aria-label={t('start.sign_in_as', { name })}>
              {t('start.sign_in')}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
