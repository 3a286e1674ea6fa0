import { addDays } from '../../shared/days.ts'
import { PageHead } from '../components/page-head.tsx'
import { Rich } from '../components/sentences.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { CampaignAnswers } from './campaign-answers.tsx'
import { type CampaignProps, MoneySection, NotKept, UsageSection } from './campaign-sections.tsx'
import { CampaignTag } from './campaign-tag.tsx'
import { CourseSection, TargetsSection } from './course-section.tsx'
import { DistrictSection } from './district-section.tsx'
import { ForecastSection } from './forecast-section.tsx'
import { EndingSection, PartsSection, ServicesSection, StockSection } from './lower-sections.tsx'

/** What a committee reads in ten minutes: where do we stand, why, what do we decide; then the proof of it. */
export function CampaignPage(props: CampaignProps & { tenant: string | undefined }) {
  const { facts, ...page } = props
  return (
    <Layout
      {...page}
      title={facts.campaign.name}
      audience={page.person?.role === 'funder' ? 'funder' : 'coordinator'}
      head={<Head {...props} />}
    >
      <NotKept {...props} />
      <MoneyNotices {...props} />
      <CampaignAnswers {...props} />
      <MoneySection {...props} />
      <UsageSection {...props} />
      <CourseSection {...props} />
      <ForecastSection {...props} />
      <TargetsSection {...props} />
      <StockSection {...props} />
      <PartsSection {...props} />
      <ServicesSection {...props} />
      <DistrictSection {...props} />
      <EndingSection {...props} />
    </Layout>
  )
}

function Head({ t, formats, facts, base, today }: CampaignProps) {
  const { campaign, dates, phase, parts } = facts
  const line = (
    <>
      <CampaignTag {...{ campaign, t }} />{' '}
      <span>
        <Rich>{t('funder.dates', { from: formats.day(dates.startsOn), until: formats.day(dates.endsOn) })}</Rich>
        {', '}
        <Rich>
          {t(`funder.phase.${phase.phase}`, {
            days: formats.number(phase.daysLeft),
            s: phase.daysLeft === 1 ? '' : 's',
          })}
        </Rich>
      </span>{' '}
      {parts.length > 1 && (
        <span>
          {parts.map(({ funder, partCents }, at) => (
            <>
              {at > 0 && ', '}
              {funder} <b>{formats.percent(partCents / campaign.faceValueCents)}</b>
            </>
          ))}
        </span>
      )}
      <span class="print-only">{t('funder.as_of', { day: formats.day(facts.on) })}</span>
    </>
  )
  const tools = (
    <form class="tools" action={base}>
      <div class="field">
        <label for="au">{t('funder.as_of.label')}</label>
        <input id="au" name="au" type="date" value={facts.on} max={addDays(today, -1)} required />
      </div>
      <button class="button" type="submit">
        {t('funder.as_of.show')}
      </button>
      <a class="button" href={`${base}/chiffres.csv?au=${facts.on}`}>
        {t('funder.as_of.export')}
      </a>
      <a class="button" href={`${base}/rapport.pdf?au=${facts.on}`}>
        {t('report.pdf')}
      </a>
      <a class="button" href={`${base}/rapport.xlsx?au=${facts.on}`}>
        {t('report.xlsx')}
      </a>
      <a class="button" href={`${base}/services`}>
        {t('choice.campaign')}
      </a>
    </form>
  )
  return (
    <PageHead
      title={campaign.name}
      facts={line}
      tools={tools}
      crumbs={[{ href: '/financeur', label: t('nav.campaigns') }, { label: campaign.name }]}
    />
  )
}

/** What waits for money: told at the top, once, with the way to act. */
const MoneyNotices = ({ t, formats, facts, base }: CampaignProps) =>
  facts.overdue.length + facts.alerts.length > 0 && (
    <div class="notices">
      {facts.overdue.map(({ reference, amountCents, receivedCents, dueOn }) => (
        <Notice
          title={t('agreements.overdue', { reference, day: formats.day(dueOn) })}
          tone="wait"
          action={
            <a class="button" href={`${base}/accords#appels`}>
              {t('agreements.see')}
            </a>
          }
        >
          {t('agreements.overdue.says', { amount: formats.euros(amountCents - receivedCents) })}
        </Notice>
      ))}
      {facts.alerts.map(({ reason, raisedOn }) => (
        <Notice
          title={t(`agreements.alert.${reason}`)}
          tone="wait"
          action={
            <a class="button" href={`${base}/accords`}>
              {t('agreements.see')}
            </a>
          }
        >
          {t('agreements.alert.since', { day: formats.day(raisedOn) })}
        </Notice>
      ))}
    </div>
  )
