import type { DemoAccount } from '../accounts/demo-accounts.ts'
import type { Translate } from '../shared/messages.ts'
import { homeOf } from './navigation.ts'

const linkOf = ({ role, signInUrl }: DemoAccount, to: string) =>
  `${new URL(signInUrl).pathname}?to=${encodeURIComponent(to || homeOf(role))}`

/** The people of the demo, one click each. */
export const RoleList = ({ t, accounts, to = '' }: { t: Translate; accounts: readonly DemoAccount[]; to?: string }) => (
  <ul class="roles">
    {accounts.map((account) => {
      const { role, name, organisation } = account
      return (
        <li>
          <div>
            <h3>{t(`role.${role}`)}</h3>
            <p>{organisation ? `${name}, ${organisation}` : name}</p>
          </div>
          <a class="button" href={linkOf(account, to)} aria-label={t('start.sign_in_as', { name })}>
            {t('start.sign_in')}
          </a>
        </li>
      )
    })}
  </ul>
)
