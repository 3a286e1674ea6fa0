import type { MembershipRow } from '../../accounts/queries.ts'
import { Layout } from '../layout.tsx'
import { audienceOf } from '../navigation.ts'
import type { PageProps } from '../page-props.tsx'

export type RoleChoice = MembershipRow & { tenant: string | null }

/** One button for each role of a person; the one that works now is said, not offered. */
export function RolesPage({ choices, to, ...page }: PageProps & { choices: readonly RoleChoice[]; to: string }) {
  const { t, person } = page
  return (
    <Layout {...page} title={t('roles.title')} audience={audienceOf(person)} lede={t('roles.lede')}>
      <ul class="roles">
        {choices.map(({ membershipId, role, tenant }) => (
          <li>
            <div>
              <h2 class="like-h3">{t(`role.${role}`)}</h2>
              {tenant && <p>{tenant}</p>}
            </div>
            <form method="post" action="/compte/roles">
              <input type="hidden" name="membership" value={membershipId} />
              <input type="hidden" name="to" value={to} />
              <button
                class={person?.membershipId === membershipId ? 'button button-main' : 'button'}
                type="submit"
                aria-label={t('roles.choose_what', { role: t(`role.${role}`), tenant: tenant ?? '' })}
              >
                {t('roles.choose')}
              </button>
            </form>
          </li>
        ))}
      </ul>
    </Layout>
  )
}
