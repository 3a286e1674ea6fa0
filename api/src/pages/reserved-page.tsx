import type { DemoAccount } from '../accounts/demo-accounts.ts'
import type { Role } from '../shared/context.ts'
import { Layout } from './layout.tsx'
import { audienceOf, homeOf } from './navigation.ts'
import type { PageProps } from './page-props.tsx'
import { RoleList } from './role-list.tsx'

type ReservedProps = PageProps & { needed: Role; accounts: readonly DemoAccount[] }

/** What a reserved page shows to somebody else: who may read it, and in the demo a way in. */
export function ReservedPage({ needed, accounts, ...page }: ReservedProps) {
  const { t, person, here } = page
  const wanted = accounts.filter(({ role }) => role === needed)
  const role = t(`role.${needed}`)
  const lede = person
    ? t('reserved.other_role', { name: person.name, role: t(`role.${person.role}`), needed: role })
    : t('reserved.needed', { role })
  return (
    <Layout
      {...page}
      audience={audienceOf(person)}
      title={t(person ? 'reserved.other_role.title' : 'reserved.title')}
      lede={lede}
    >
      {wanted.length > 0 && (
        <div class="sign-in">
          <p>{t('reserved.demo')}</p>
          <RoleList t={t} accounts={wanted} to={here} />
        </div>
      )}
      <p class="under">
        {person ? (
          <a href={homeOf(person.role)}>{t('error.home')}</a>
        ) : (
          <a class="button" href={`/connexion?to=${encodeURIComponent(here)}`}>
            {t('sign_in.title')}
          </a>
        )}
      </p>
    </Layout>
  )
}
