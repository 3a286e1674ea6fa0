import { givenAnswers } from '../../contests/contest.ts'
import type { ContestRow } from '../../contests/queries.ts'
import type { RetoldRow } from '../../redemptions/retold-queries.ts'
import type { Cents } from '../../shared/money.ts'
import { Table } from '../components/data-table.tsx'
import { emptyForm, SelectField } from '../components/form.tsx'
import { Section } from '../components/page-head.tsx'
import { EmptyState } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'

export const mostShown = 50
const base = '/coordination/contestations'

export type ContestsProps = PageProps & {
  waiting: readonly ContestRow[]
  answered: readonly ContestRow[]
  retold: readonly RetoldRow[]
  /** Titles of services by their code. */
  services: ReadonlyMap<string, string>
  campaigns: readonly { id: string; name: string }[]
  /** What proposed payments are about, by their order. */
  amounts: ReadonlyMap<string, Cents>
}

/** Contested refusals, the oldest first, each with its answers; then what a restore had lost. */
export function ContestsPage(props: ContestsProps) {
  const { t, waiting } = props
  const title = t('nav.contests')
  const crumbs = [{ href: '/coordination', label: t('nav.today') }, { label: title }]
  return (
    <Layout {...props} title={title} audience="coordinator" lede={t('contests.lede')} crumbs={crumbs}>
      {waiting.length === 0 && <EmptyState title={t('contests.none')}>{t('contests.none.says')}</EmptyState>}
      {waiting.map((contest) => (
        <Section title={contest.venue} says={t('contests.asked', { day: props.formats.day(contest.askedOn) })}>
          <div class="stack">
            <Facts {...props} contest={contest} />
            {contest.state === 'open' ? (
              <Answers {...props} contest={contest} />
            ) : (
              <Payment {...props} contest={contest} />
            )}
          </div>
        </Section>
      ))}
      {waiting.length === mostShown && <p class="soft">{t('contests.more', { count: mostShown })}</p>}
      <Answered {...props} />
      <Retold {...props} />
    </Layout>
  )
}

type OneProps = ContestsProps & { contest: ContestRow }

const serviceOf = ({ services }: Pick<ContestsProps, 'services'>, code: string) =>
  `${code} ${services.get(code) ?? ''}`.trim()

function Facts({ contest, ...props }: OneProps) {
  const { t, formats } = props
  const facts: [string, string][] = [
    [t('contests.refusal'), t(`refusal.${contest.refusal}`)],
    [t('contests.reason'), t(`contest.reason.${contest.reason}`)],
    [t('contests.service'), serviceOf(props, contest.serviceCode)],
    [t('contests.day'), formats.day(contest.day)],
  ]
  return (
    <dl class="facts-list">
      {facts.map(([label, value]) => (
        <div>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Answers(props: OneProps) {
  const { t, contest, person, campaigns } = props
  if (person?.role !== 'coordinator') return null
  const action = (what: string) => `${base}/${contest.id}/${what}`
  return (
    <div class="two no-print">
      <form class="form" method="post" action={action('maintien')}>
        <SelectField
          name="answer"
          id={`answer-${contest.id}`}
          label={t('contests.keep')}
          form={{
            ...emptyForm,
            values: { answer: contest.refusal === 'already_used' ? 'used_before' : 'rule_applies' },
          }}
          options={givenAnswers.map((value) => ({ value, label: t(`contests.keep.${value}`) }))}
        />
        <button class="button" type="submit">
          {t('contests.keep.do')}
        </button>
      </form>
      <form class="form" method="post" action={action('rescan')}>
        <p>
          <b>{t('contests.again')}</b>
        </p>
        <p class="small soft">{t('contests.again.says')}</p>
        <button class="button" type="submit">
          {t('contests.again.do')}
        </button>
      </form>
      {contest.reason === 'platform_down' && (
        <form class="form" method="post" action={action('paiement')}>
          <p>
            <b>{t('contests.pay')}</b>
          </p>
          <SelectField
            name="campaignId"
            id={`campaign-${contest.id}`}
            label={t('contests.pay.campaign')}
            hint={t('contests.pay.says')}
            form={emptyForm}
            options={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <button class="button" type="submit">
            {t('contests.pay.do')}
          </button>
        </form>
      )}
    </div>
  )
}

function Payment({ t, formats, contest, person, amounts }: OneProps) {
  const amount = formats.euros(amounts.get(contest.orderId!) ?? (0 as Cents))
  if (person?.role !== 'finance_approver') return <p>{t('contests.approve.waits', { amount })}</p>
  return (
    <form class="acts-row no-print" method="post" action={`${base}/${contest.id}/decision`}>
      <button class="button button-main" type="submit" name="decision" value="approve">
        {t('contests.approve', { amount })}
      </button>
      <button class="button" type="submit" name="decision" value="refuse">
        {t('contests.approve.no')}
      </button>
    </form>
  )
}

function Answered(props: ContestsProps) {
  const { t, formats, answered } = props
  if (answered.length === 0) return null
  return (
    <Section title={t('contests.answered')} says={t('contests.answered.says')} isWide>
      <Table
        rows={answered}
        columns={[
          { key: 'venue', label: t('retold.venue'), cell: ({ venue }) => venue },
          { key: 'service', label: t('contests.service'), cell: (row) => serviceOf(props, row.serviceCode) },
          { key: 'refusal', label: t('contests.refusal'), cell: (row) => t(`refusal.${row.refusal}`) },
          { key: 'reason', label: t('contests.reason'), cell: (row) => t(`contest.reason.${row.reason}`) },
          {
            key: 'answer',
            label: t('contests.answer'),
            cell: ({ state, answer, decidedOn }) => [
              t(`contest.state.${state}`),
              answer && <small>{t(`contest.answer.${answer}`)}</small>,
              decidedOn && <small>{formats.day(decidedOn)}</small>,
            ],
          },
        ]}
      />
    </Section>
  )
}

function Retold({ t, formats, retold }: ContestsProps) {
  return (
    <Section title={t('retold.title')} says={t('retold.says')} isWide id="restauration">
      {retold.length === 0 ? (
        <p class="soft">{t('retold.none')}</p>
      ) : (
        <Table
          rows={retold}
          columns={[
            { key: 'venue', label: t('retold.venue'), cell: ({ venue }) => venue },
            { key: 'organisation', label: t('retold.organisation'), cell: ({ organisation }) => organisation },
            { key: 'day', label: t('retold.day'), cell: ({ day }) => formats.day(day) },
            {
              key: 'accepted',
              label: t('retold.accepted'),
              isNumber: true,
              cell: (row) => formats.number(row.accepted),
            },
            { key: 'refused', label: t('retold.refused'), isNumber: true, cell: (row) => formats.number(row.refused) },
          ]}
        />
      )}
    </Section>
  )
}
