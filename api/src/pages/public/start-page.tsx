import type { DemoAccount } from '../../accounts/demo-accounts.ts'
import type { MessageKey } from '../../shared/messages.ts'
import { Section } from '../components/page-head.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { homeOf } from '../navigation.ts'
import type { PageProps } from '../page-props.tsx'
import { RoleList } from '../role-list.tsx'

type StartProps = PageProps & { accounts: readonly DemoAccount[] }

/** What this is, for whom, and where to go: the first page anyone sees. */
export function StartPage({ accounts, ...page }: StartProps) {
  const { t, person, isDemo } = page
  return (
    <Layout {...page} title={t('start.title')} lede={t('start.lead')}>
      {person && (
        <div class="notices">
          <Notice
            title={t('start.signed_in', { name: person.name, role: t(`role.${person.role}`) })}
            tone="good"
            role="status"
            action={
              <a class="button button-main" href={homeOf(person.role)}>
                {t('start.to_my_pages')}
              </a>
            }
          >
            {t('start.signed_in.home')}
          </Notice>
        </div>
      )}
      <ol class="answers story">
        <Step t={t} title="start.step.1" says="start.step.1.says" />
        <Step t={t} title="start.step.2" says="start.step.2.says" />
        <Step t={t} title="start.step.3" says="start.step.3.says" />
      </ol>
      <Section title={t('start.promise.title')}>
        <p class="promise">{t('start.promise')}</p>
      </Section>
      <Section title={t('start.where')} says={t('start.where.says')}>
        <ul class="decisions places">
          <Destination t={t} href="/ou" title="nav.where" says="start.where.venues" isMain={true} />
          <Destination t={t} href="/catalogue" title="start.where.catalogue.title" says="start.where.catalogue" />
          <Destination t={t} href="/devenir-lieu" title="nav.apply" says="start.where.apply" />
          <Destination t={t} href="/confidentialite" title="nav.privacy" says="start.where.privacy" />
          <Destination t={t} href="/scanner" title="start.where.scanner.title" says="start.where.scanner" />
        </ul>
      </Section>
      {accounts.length > 0 && (
        <Section title={t('start.accounts')} says={t('start.accounts.lead')} id="roles">
          <RoleList t={t} accounts={accounts} />
        </Section>
      )}
      <Section title={t('start.programs')} says={t('start.programs.says')}>
        <ul class="programs">
          <Program t={t} href="/api/docs" says="start.reference" />
          <Program t={t} href="/api/openapi.json" says="start.openapi" />
          <Program t={t} href="/api/v1/venues.csv" says="start.venues" />
          {isDemo && <Program t={t} href="/api/v1/demo" says="start.demo" />}
        </ul>
      </Section>
    </Layout>
  )
}

type StepProps = Pick<PageProps, 't'> & { title: MessageKey; says: MessageKey }

const Step = ({ t, title, says }: StepProps) => (
  <li>
    <h2>{t(title)}</h2>
    <p class="say">{t(says)}</p>
  </li>
)

const Destination = ({ t, href, title, says, isMain }: StepProps & { href: string; isMain?: boolean }) => (
  <li>
    <div>
      <h3>{t(title)}</h3>
      <p>{t(says)}</p>
    </div>
    <a
      class={isMain ? 'button button-main' : 'button'}
      href={href}
      aria-label={t('start.open_what', { what: t(title) })}
    >
      {t('start.open')}
    </a>
  </li>
)

const Program = ({ t, href, says }: Pick<PageProps, 't'> & { href: string; says: MessageKey }) => (
  <li>
    <a class="code" href={href}>
      {href}
    </a>
    <span>{t(says)}</span>
  </li>
)
