import type { MessageKey } from '../../shared/messages.ts'
import { type CallState, callState } from '../../treasury/call-queries.ts'
import { Table } from '../components/data-table.tsx'
import { FormErrors } from '../components/form.tsx'
import { Section } from '../components/page-head.tsx'
import { Notice, Tag, type Tone } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { audienceOf } from '../navigation.ts'
import { type AgreementsProps, AmountField, FunderField } from './agreements-parts.tsx'
import { AmendmentsSection } from './amendments-section.tsx'
import { OrdersSection } from './orders-section.tsx'
import { TermsSection } from './terms-section.tsx'

const labels: Record<string, MessageKey> = {
  ...{ endsOn: 'agreements.ends_on', budgetedBooks: 'agreements.budget', reason: 'agreements.reason' },
  ...{ amount: 'agreements.amount', reference: 'agreements.reference', percent: 'agreements.percent' },
}

/** What was agreed since the start: funding calls with what came, changes to sign, and money that goes back or elsewhere. */
export function AgreementsPage(props: AgreementsProps) {
  const { t, agreements, base, person, form } = props
  const { campaign } = agreements
  return (
    <Layout
      {...props}
      title={t('agreements.title')}
      audience={audienceOf(person)}
      lede={t('agreements.lede')}
      crumbs={[
        { href: '/financeur', label: t('nav.campaigns') },
        { href: base, label: campaign.name },
        { label: t('agreements.title') },
      ]}
    >
      <FormErrors t={t} form={form} labels={labels} />
      <Alerts {...props} />
      <TermsSection {...props} />
      <CallsSection {...props} />
      <AmendmentsSection {...props} />
      <OrdersSection {...props} />
      {person?.role === 'coordinator' && <ShareSection {...props} />}
    </Layout>
  )
}

const Alerts = ({ t, formats, agreements }: AgreementsProps) =>
  agreements.alerts.length > 0 && (
    <div class="notices">
      {agreements.alerts.map(({ reason, raisedOn }) => (
        <Notice title={t(`agreements.alert.${reason}`)} tone="wait">
          {t('agreements.alert.since', { day: formats.day(raisedOn) })}
        </Notice>
      ))}
    </div>
  )

const tones: Record<CallState, Tone> = { paid: 'done', part: 'run', waiting: 'plain', overdue: 'stop' }

function CallsSection(props: AgreementsProps) {
  const { t, formats, agreements, today, base, person } = props
  const nameOf = (id: string) => agreements.funders.find(({ funderId }) => funderId === id)?.funder ?? ''
  return (
    <Section title={t('agreements.calls')} says={t('agreements.calls.says')} id="appels" isWide>
      <div class="stack-s">
        {agreements.calls.length === 0 ? (
          <p class="soft">{t('agreements.calls.none')}</p>
        ) : (
          <Table
            rows={agreements.calls}
            isHeld={(call) => callState(call, today) === 'overdue'}
            columns={[
              { key: 'reference', label: t('agreements.reference'), isCode: true, cell: ({ reference }) => reference },
              { key: 'funder', label: t('funder.parts.funder'), cell: ({ funderId }) => nameOf(funderId) },
              { key: 'called', label: t('agreements.called'), cell: ({ calledOn }) => formats.day(calledOn) },
              { key: 'due', label: t('agreements.due'), cell: ({ dueOn }) => formats.day(dueOn) },
              {
                key: 'amount',
                label: t('agreements.amount'),
                isNumber: true,
                cell: ({ amountCents }) => formats.euros(amountCents),
              },
              {
                key: 'received',
                label: t('agreements.received'),
                isNumber: true,
                cell: ({ receivedCents }) => formats.euros(receivedCents),
              },
              {
                key: 'state',
                label: t('agreements.state'),
                cell: (call) => (
                  <Tag tone={tones[callState(call, today)]}>{t(`agreements.call.${callState(call, today)}`)}</Tag>
                ),
              },
            ]}
          />
        )}
        {person?.role === 'coordinator' &&
          (agreements.campaign.state === 'agreed' || agreements.campaign.state === 'open') && (
            <form class="filters no-print" method="post" action={`${base}/accords/appel`}>
              <FunderField {...props} />
              <AmountField {...props} id="call-amount" />
              <button class="button" type="submit">
                {t('agreements.call')}
              </button>
            </form>
          )}
      </div>
    </Section>
  )
}

const ShareSection = ({ t, agreements, base }: AgreementsProps) => (
  <Section title={t('agreements.share')} says={t('agreements.share.says')}>
    <form class="filters no-print" method="post" action={`${base}/accords/seuil`}>
      <div class="field">
        <label for="percent">{t('agreements.percent')}</label>
        <input
          id="percent"
          name="percent"
          type="number"
          min={0}
          max={100}
          required
          value={agreements.campaign.lowBalancePercent}
        />
      </div>
      <button class="button" type="submit">
        {t('agreements.share.keep')}
      </button>
    </form>
  </Section>
)
