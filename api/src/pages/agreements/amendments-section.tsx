import type { AmendmentView } from '../../amendments/queries.ts'
import { Table } from '../components/data-table.tsx'
import { SelectField, TextField } from '../components/form.tsx'
import { Section } from '../components/page-head.tsx'
import { typeset } from '../components/sentences.tsx'
import { Tag } from '../components/states.tsx'
import type { AgreementsProps } from './agreements-parts.tsx'

const tones = { proposed: 'hold', agreed: 'done', withdrawn: 'plain' } as const

/** Changes of what was agreed: what, why, who signed, and the buttons of who may act. */
export function AmendmentsSection(props: AgreementsProps) {
  const { t, formats, agreements, person } = props
  const isWaiting = agreements.amendments.some(({ state }) => state === 'proposed')
  const mayPropose = person?.role === 'coordinator' && !isWaiting && agreements.campaign.state !== 'closed'
  return (
    <Section title={t('agreements.amendments')} says={t('agreements.amendments.says')} id="avenants" isWide>
      {agreements.amendments.length === 0 ? (
        <p class="soft">{t('agreements.amendments.none')}</p>
      ) : (
        <Table
          rows={agreements.amendments}
          isHeld={({ state }) => state === 'proposed'}
          columns={[
            {
              key: 'what',
              label: t('agreements.what'),
              cell: (amendment) => (
                <>
                  <b>{whatOf(amendment, props)}</b>
                  <small>{typeset(amendment.reason)}</small>
                </>
              ),
            },
            { key: 'day', label: t('agreements.proposed'), cell: ({ proposedOn }) => formats.day(proposedOn) },
            { key: 'signed', label: t('agreements.signed'), cell: (amendment) => signersOf(amendment, props) },
            {
              key: 'state',
              label: t('agreements.state'),
              cell: (amendment) => (
                <>
                  <Tag tone={tones[amendment.state]}>{t(`agreements.amendment.${amendment.state}`)}</Tag>
                  <Act {...props} amendment={amendment} />
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

function whatOf({ kind, endsOn, budgetedBooks }: AmendmentView, { t, formats }: AgreementsProps): string {
  if (budgetedBooks !== null) return t('agreements.to_books', { count: formats.number(budgetedBooks) })
  if (endsOn === null) return t('agreements.kind.cancellation')
  return t(kind === 'extension' ? 'agreements.to_day' : 'agreements.ends_early', { day: formats.day(endsOn) })
}

const signersOf = ({ signatures }: AmendmentView, { t, formats, agreements }: AgreementsProps): string =>
  agreements.funders
    .map(({ funderId, funder }) => {
      const signature = signatures.find((one) => one.funderId === funderId)
      return `${funder} ${signature ? formats.day(signature.signedOn) : t('agreements.not_yet')}`
    })
    .join(', ')

function Act({ t, base, person, amendment }: AgreementsProps & { amendment: AmendmentView }) {
  if (amendment.state !== 'proposed') return null
  const at = `${base}/accords/avenants/${amendment.id}`
  if (person?.role === 'coordinator')
    return (
      <form class="no-print" method="post" action={`${at}/retrait`}>
        <button class="button" type="submit">
          {t('agreements.withdraw')}
        </button>
      </form>
    )
  if (person?.role !== 'funder' || amendment.signatures.some(({ funderId }) => funderId === person.tenantId))
    return null
  return (
    <form class="no-print" method="post" action={`${at}/signature`}>
      <button class="button button-main" type="submit">
        {t('agreements.sign')}
      </button>
    </form>
  )
}

const kinds = ['extension', 'top_up', 'cancellation'] as const

const ProposeForm = ({ t, form, base }: AgreementsProps) => (
  <details class="data no-print" open={form.values.kind !== undefined}>
    <summary>{t('agreements.propose')}</summary>
    <form class="form" method="post" action={`${base}/accords/avenants`}>
      <SelectField
        name="kind"
        label={t('agreements.what')}
        form={form}
        options={kinds.map((value) => ({ value, label: t(`agreements.kind.${value}`) }))}
      />
      <TextField
        name="endsOn"
        type="date"
        label={t('agreements.ends_on')}
        hint={t('agreements.ends_on.hint')}
        form={form}
        isOptional
      />
      <TextField
        name="budgetedBooks"
        inputmode="numeric"
        label={t('agreements.budget')}
        hint={t('agreements.budget.hint')}
        form={form}
        isOptional
      />
      <TextField name="reason" label={t('agreements.reason')} form={form} maxlength={1000} />
      <button class="button button-main" type="submit">
        {t('agreements.propose')}
      </button>
    </form>
  </details>
)
