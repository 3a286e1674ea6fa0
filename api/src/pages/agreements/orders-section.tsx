import type { MoneyOrder } from '../../treasury/money-order.ts'
import { Table } from '../components/data-table.tsx'
import { SelectField, TextField } from '../components/form.tsx'
import { Section } from '../components/page-head.tsx'
import { typeset } from '../components/sentences.tsx'
import { Tag } from '../components/states.tsx'
import type { AgreementsProps } from './agreements-parts.tsx'
import { AmountField, FunderField } from './agreements-parts.tsx'

const tones = { proposed: 'hold', approved: 'done', refused: 'stop' } as const

/** Money that goes back to its funder or to another of its campaigns: one person proposes, another one approves. */
export function OrdersSection(props: AgreementsProps) {
  const { t, formats, agreements, person } = props
  const { orders, others, funders } = agreements
  const mayPropose = person?.role === 'coordinator' || person?.role === 'finance_approver'
  if (orders.length === 0 && !mayPropose) return null
  const whereTo = ({ kind, toCampaignId }: MoneyOrder) =>
    kind === 'refund'
      ? t('agreements.refund')
      : t('agreements.transfer', { campaign: others.find(({ id }) => id === toCampaignId)?.name ?? '' })
  return (
    <Section title={t('agreements.orders')} says={t('agreements.orders.says')} id="remboursements" isWide>
      {orders.length === 0 ? (
        <p class="soft">{t('agreements.orders.none')}</p>
      ) : (
        <Table
          rows={orders}
          isHeld={({ state }) => state === 'proposed'}
          columns={[
            {
              key: 'what',
              label: t('agreements.what'),
              cell: (order) => (
                <>
                  <b>{whereTo(order)}</b>
                  <small>{typeset(order.reason)}</small>
                </>
              ),
            },
            {
              key: 'funder',
              label: t('funder.parts.funder'),
              cell: ({ funderId }) => funders.find((one) => one.funderId === funderId)?.funder ?? '',
            },
            { key: 'day', label: t('agreements.proposed'), cell: ({ proposedOn }) => formats.day(proposedOn) },
            {
              key: 'amount',
              label: t('agreements.amount'),
              isNumber: true,
              cell: ({ amountCents }) => formats.euros(amountCents),
            },
            {
              key: 'state',
              label: t('agreements.state'),
              cell: (order) => (
                <>
                  <Tag tone={tones[order.state]}>{t(`agreements.order.${order.state}`)}</Tag>
                  <Decide {...props} order={order} />
                </>
              ),
            },
          ]}
        />
      )}
      {mayPropose && <ProposeForm {...props} />}
    </Section>
  )
}

function Decide({ t, base, person, order }: AgreementsProps & { order: MoneyOrder }) {
  if (person?.role !== 'finance_approver' || order.state !== 'proposed' || order.proposedBy === person.personId)
    return null
  return (
    <form class="no-print" method="post" action={`${base}/accords/ordres/${order.id}`}>
      <button class="button button-main" type="submit" name="decision" value="approve">
        {t('agreements.approve')}
      </button>{' '}
      <button class="button" type="submit" name="decision" value="refuse">
        {t('agreements.refuse')}
      </button>
    </form>
  )
}

const sources = ['available', 'expired'] as const

const ProposeForm = (props: AgreementsProps) => {
  const { t, form, base, agreements } = props
  return (
    <details class="data no-print" open={form.values.reference !== undefined}>
      <summary>{t('agreements.order')}</summary>
      <form class="form" method="post" action={`${base}/accords/ordres`}>
        <FunderField {...props} id="order-funder" />
        <SelectField
          name="source"
          label={t('agreements.source')}
          form={form}
          options={sources.map((value) => ({ value, label: t(`agreements.source.${value}`) }))}
        />
        <SelectField
          name="toCampaignId"
          label={t('agreements.to')}
          form={form}
          options={[
            { value: '', label: t('agreements.refund') },
            ...agreements.others.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <AmountField {...props} id="order-amount" />
        <TextField name="reference" label={t('agreements.order.reference')} form={form} maxlength={140} />
        <TextField name="reason" label={t('agreements.reason')} form={{ ...form, errors: {} }} maxlength={500} />
        <button class="button" type="submit">
          {t('agreements.order')}
        </button>
      </form>
    </details>
  )
}
