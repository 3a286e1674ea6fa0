import type { DemoAccount } from '../accounts/demo-accounts.ts'
import type { Translate } from '../shared/messages.ts'
import { homes } from './navigation.ts'

const linkOf = ({ role, signInUrl }: DemoAccount) => {
  const { pathname } = new URL(signInUrl)
  return homes[role] ? `${pathname}?to=${homes[role]}` : pathname
}

/** The people of the demo, one click each. */
export const RoleList = ({ t, accounts }: { t: Translate; accounts: readonly DemoAccount[] }) => (
  <ul class="roles">
    {accounts.map((account) => {
      const { role, name, organisation } = account
      return (
        <li>
          <div>
            <h3>{t(`role.${role}`)}</h3>
            <p>{organisation ? `${name}, ${organisation}` : name}</p>
          </div>
          <a class="button" href={linkOf(account)} aria-label={t('start.sign_in_as', { name })}>
            {t('start.sign_in')}
          </a>
        </li>
      )
    })}
  </ul>
)
