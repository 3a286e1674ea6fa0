import type { DemoAccount } from '../accounts/demo-accounts.ts'
import type { Role } from '../shared/context.ts'
import { Notice } from './components/states.tsx'
import { Layout } from './layout.tsx'
import { homeOf } from './navigation.ts'
import type { PageProps } from './page-props.tsx'
import { RoleList } from './role-list.tsx'

type ReservedProps = PageProps & { needed: Role; accounts: readonly DemoAccount[] }

/** What a reserved page shows to somebody else: who may read it, and in the demo a way in. */
export function ReservedPage({ needed, accounts, ...page }: ReservedProps) {
  const { t, person } = page
  const wanted = accounts.filter(({ role }) => role === needed)
  const role = t(`role.${needed}`)
  return (
    <Layout {...page} title={t('reserved.title')}>
      <Notice title={role} tone="wait">
        {person
          ? t('reserved.other_role', { name: person.name, role: t(`role.${person.role}`), needed: role })
          : t('reserved.needed', { role })}
      </Notice>
      {wanted.length > 0 && (
        <div class="sign-in">
          <p>{t('reserved.demo')}</p>
          <RoleList t={t} accounts={wanted} />
        </div>
      )}
      {person && (
        <p class="under">
          <a href={homeOf(person.role)}>{t('error.home')}</a>
        </p>
      )}
    </Layout>
  )
}
