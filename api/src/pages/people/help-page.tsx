import type { readAccountOf } from '../../accounts/help-person.ts'
import type { Tenant } from '../../accounts/invitation.ts'
import { Section } from '../components/page-head.tsx'
import { Layout } from '../layout.tsx'
import { audienceOf } from '../navigation.ts'
import type { PageProps } from '../page-props.tsx'
import { peoplePath } from './people-page.tsx'

type HelpProps = PageProps & { account: Awaited<ReturnType<typeof readAccountOf>>; tenant: Tenant | null }

/** What a coordinator may do to the account of somebody else: neither act opens it to anybody. */
export function HelpPage({ account, tenant, ...page }: HelpProps) {
  const { t, formats, person } = page
  const { member, keys, sessions } = account
  const title = t('people.help.title', { name: member.name })
  const crumbs = [{ href: peoplePath(tenant, person), label: t('people.title') }, { label: member.name }]
  const parts = [
    { what: 'keys', count: keys, act: 'cles' },
    { what: 'sessions', count: sessions, act: 'sessions' },
  ] as const
  return (
    <Layout
      {...page}
      title={title}
      audience={audienceOf(person)}
      lede={t('people.help.lede', { email: member.email })}
      crumbs={crumbs}
    >
      {parts.map(({ what, count, act }) => (
        <Section title={t(`people.help.${what}`)} says={t(`people.help.${what}.says`)}>
          {count === 0 ? (
            <p>{t(`people.help.${what}.none`)}</p>
          ) : (
            <form class="form" method="post" action={`/equipe/compte/${member.id}/${act}`}>
              <p>{t(`people.help.${what}.some`, { count: formats.number(count) })}</p>
              <button class="button" type="submit">
                {t(`people.help.${what}.do`)}
              </button>
            </form>
          )}
        </Section>
      ))}
    </Layout>
  )
}
