import { Figures } from '../components/figures.tsx'
import { Section } from '../components/page-head.tsx'
import { counted, Rich } from '../components/sentences.tsx'
import { EmptyState, Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { asOfText } from './as-of-text.ts'
import { type Choice, waitingChoice } from './campaign-answers.tsx'
import { UsageRate } from './campaign-sections.tsx'
import { CampaignTag } from './campaign-tag.tsx'
import type { HomeFacts } from './home-facts.ts'

type HomeProps = PageProps & { campaigns: readonly HomeFacts[]; tenant: string | undefined; next: string | undefined }

/** The funder's own campaigns: state, phase, money, and the rate with its note, never bare. */
export function FunderHome(props: HomeProps) {
  const { t, campaigns, next, person } = props
  const isFunder = person?.role === 'funder'
  const title = t(isFunder ? 'funder.title' : 'funder.title.all')
  return (
    <Layout
      {...props}
      title={title}
      audience={isFunder ? 'funder' : 'coordinator'}
      lede={t('funder.lede')}
      tools={
        <a class="button" href="/financeur/simulateur">
          {t('simulator.title')}
        </a>
      }
    >
      {campaigns.length === 0 && <EmptyState title={t('funder.none')}>{t('funder.none.says')}</EmptyState>}
      {campaigns.map((campaign) => (
        <CampaignCard {...props} facts={campaign} />
      ))}
      {next && (
        <p class="under">
          <a href={next}>{t('list.next')}</a>
        </p>
      )}
    </Layout>
  )
}

const Wait = ({ href, does, says }: Choice) => (
  <p>
    <a href={href}>{does}</a>, {says}
  </p>
)

function CampaignCard(props: PageProps & { facts: HomeFacts }) {
  const { t, formats, facts } = props
  const { campaign, dates, phase, waterfall, split, usage, note, waiting } = facts
  const href = `/financeur/campagnes/${campaign.id}`
  const handed = waterfall.booksHandedOut * campaign.bookSize * campaign.faceValueCents
  return (
    <Section
      title={campaign.name}
      says={
        <>
          <p>
            <CampaignTag {...{ campaign, t }} />
          </p>
          <p>
            <Rich>{t('funder.dates', { from: formats.day(dates.startsOn), until: formats.day(dates.endsOn) })}</Rich>
            {', '}
            <Rich>
              {t(`funder.phase.${phase.phase}`, {
                days: formats.number(phase.daysLeft),
                s: phase.daysLeft === 1 ? '' : 's',
              })}
            </Rich>
          </p>
          <p>{asOfText(props, facts)}</p>
        </>
      }
    >
      <div class="stack">
        <Figures
          items={[
            {
              label: t('funder.step.funded'),
              value: formats.wholeEuros(waterfall.fundedCents),
              of: t('funder.of.funders', counted(props, facts.funders)),
              href: `${href}/versements`,
            },
            {
              label: t('funder.step.handed'),
              value: formats.wholeEuros(handed),
              of: t('funder.of.books_on', {
                ...counted(props, waterfall.booksHandedOut),
                day: formats.day(usage.until),
              }),
              href: `${href}/remises`,
            },
            {
              label: t('funder.step.used'),
              value: formats.wholeEuros(split.usedCents),
              of: t('funder.of.vouchers', counted(props, waterfall.redeemed)),
              href: `${href}/usages`,
            },
            {
              label: t('funder.step.paid'),
              value: formats.wholeEuros(split.paidCents),
              of: t('funder.of.paid'),
              href: `${href}/paiements`,
            },
          ]}
        />
        <UsageRate {...props} usage={usage} note={note} />
        {waiting.length > 0 && (
          <Notice title={t('funder.waits')} tone="wait">
            {waiting.map((one) => (
              <Wait {...waitingChoice(one, { ...props, base: href })} />
            ))}
          </Notice>
        )}
        <p>
          <a class="button" href={href} aria-label={`${t('funder.open_campaign')}${'\u202f'}: ${campaign.name}`}>
            {t('funder.open_campaign')}
          </a>
        </p>
      </div>
    </Section>
  )
}
