import type { AmendmentView } from '../../amendments/queries.ts'
import type { Campaign } from '../../campaigns/queries.ts'
import type { FundingCall } from '../../treasury/call-queries.ts'
import type { BalanceAlert } from '../../treasury/low-balance-queries.ts'
import type { MoneyOrder } from '../../treasury/money-order.ts'
import type { FormState } from '../components/form.tsx'
import type { PageProps } from '../page-props.tsx'

export type Agreements = {
  campaign: Campaign
  funders: readonly { funderId: string; funder: string; partCents: number; signedOn: string | null }[]
  calls: readonly FundingCall[]
  amendments: readonly AmendmentView[]
  alerts: readonly BalanceAlert[]
  orders: readonly MoneyOrder[]
  /** Where a funder's money may go: its other campaigns on the same account. */
  others: readonly { id: string; name: string }[]
}
export type AgreementsProps = PageProps & {
  agreements: Agreements
  form: FormState
  base: string
  today: string
  tenant?: string | undefined
}

export const FunderField = ({ t, agreements, id = 'call-funder' }: AgreementsProps & { id?: string }) => (
  <div class="field grow">
    <label for={id}>{t('funder.parts.funder')}</label>
    <select id={id} name="funderId">
      {agreements.funders.map(({ funderId, funder }) => (
        <option value={funderId}>{funder}</option>
      ))}
    </select>
  </div>
)

export const AmountField = ({ t, form, id }: AgreementsProps & { id: string }) => (
  <div class="field">
    <label for={id}>{t('agreements.amount')}</label>
    <input id={id} name="amount" inputmode="decimal" required value={form.values.amount} placeholder="1 234,50" />
  </div>
)
