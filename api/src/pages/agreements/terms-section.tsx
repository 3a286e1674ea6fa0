import { Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import { counted, Rich, typeset } from '../components/sentences.tsx'
import { Tag } from '../components/states.tsx'
import type { AgreementsProps } from './agreements-parts.tsx'

/** What each funder signs: the terms as they are now, each one's part, and who has signed. */
export function TermsSection(props: AgreementsProps) {
  const { t, formats, agreements, base, person } = props
  const { campaign, funders } = agreements
  const { startsOn, endsOn, budgetedBooks, bookSize, faceValueCents } = campaign
  const worth = (cents: number) => formats.euros(cents * bookSize * budgetedBooks)
  const own = funders.find(({ funderId }) => funderId === person?.tenantId)
  return (
    <Section title={t('agreements.terms')} id="convention" isWide>
      <div class="stack-s">
        <p>
          <Rich>{t('funder.dates', { from: formats.day(startsOn), until: formats.day(endsOn) })}</Rich>
          {', '}
          {t('agreements.terms.books', {
            ...counted(props, budgetedBooks),
            size: formats.number(bookSize),
            face: formats.euros(faceValueCents),
            amount: worth(faceValueCents),
          })}
        </p>
        <p>{typeset(campaign.targetPublic)}</p>
        <p>{typeset(campaign.objectives)}</p>
        <Table
          rows={funders}
          columns={[
            { key: 'funder', label: t('funder.parts.funder'), cell: ({ funder }) => funder },
            {
              key: 'part',
              label: t('funder.parts.of_one'),
              isNumber: true,
              cell: ({ partCents }) => formats.euros(partCents),
            },
            {
              key: 'whole',
              label: t('agreements.terms.whole'),
              isNumber: true,
              cell: ({ partCents }) => worth(partCents),
            },
            {
              key: 'signed',
              label: t('agreements.signed'),
              cell: ({ signedOn }) =>
                signedOn === null ? (
                  <Tag tone="hold">{t('ending.waits')}</Tag>
                ) : (
                  <Tag tone="done">{formats.day(signedOn)}</Tag>
                ),
            },
          ]}
        />
        {campaign.state === 'draft' && own?.signedOn === null && (
          <form class="no-print" method="post" action={`${base}/accords/signature`}>
            <button class="button button-main" type="submit">
              {t('agreements.terms.sign', { amount: worth(own.partCents) })}
            </button>
          </form>
        )}
      </div>
    </Section>
  )
}
