import { type AnnualLine, type AnnualSums, annualLines, signs } from '../../accounting/annual-account.ts'
import { isTold } from '../../accounting/annual-account-pdf.ts'
import type { AnnualAccount } from '../../accounting/read-annual-account.ts'
import { Section } from '../components/page-head.tsx'
import { EmptyState } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { audienceOf } from '../navigation.ts'
import { hrefWith, type PageProps } from '../page-props.tsx'

type Props = PageProps & { account: AnnualAccount; years: readonly number[]; tenant: string | undefined }

export const annualPath = '/financeur/compte-annuel'

/** A funder's account of a year: for each campaign, from the opening to the closing balance. */
export function AnnualPage({ account, years, tenant, ...page }: Props) {
  const { t, formats, here, person } = page
  const { funder, year, from, until, campaigns, whole } = account
  const isOwn = person?.role === 'funder'
  const title = t('annual.title', { year })
  const file = (name: string) => hrefWith(here.replace(annualPath, `${annualPath}.${name}`), { annee: year, lang: '' })
  return (
    <Layout
      {...page}
      title={title}
      audience={audienceOf(person)}
      tenant={tenant}
      lede={`${funder.name}. ${t('annual.span', { from: formats.day(from), until: formats.day(until) })}`}
      crumbs={[
        isOwn
          ? { href: '/financeur/factures', label: t('nav.invoices') }
          : { href: '/coordination/comptes', label: t('accounting.title') },
        { label: title },
      ]}
      tools={
        <>
          <a class="button" href={file('pdf')}>
            PDF
          </a>
          <a class="button" href={file('csv')}>
            CSV
          </a>
        </>
      }
    >
      <nav class="switch no-print" aria-label={t('annual.year')}>
        {years.map((one) => (
          <a href={hrefWith(here, { annee: one })} aria-current={one === year ? 'true' : undefined}>
            {one}
          </a>
        ))}
      </nav>
      {campaigns.length === 0 && <EmptyState title={t('annual.none')}>{t('annual.none.next')}</EmptyState>}
      {campaigns.map((campaign) => (
        <Section title={campaign.campaign}>
          <Lines {...page} sums={campaign} />
        </Section>
      ))}
      {campaigns.length > 1 && (
        <Section title={t('annual.whole')} says={t('annual.says')}>
          <Lines {...page} sums={whole} />
        </Section>
      )}
    </Layout>
  )
}

const balances: readonly AnnualLine[] = ['openingCents', 'closingCents']

const Lines = ({ sums, t, formats }: PageProps & { sums: AnnualSums }) => (
  <table class="cards account">
    <thead class="hide">
      <tr>
        <th scope="col">{t('annual.line')}</th>
        <th scope="col">{t('bank.amount')}</th>
      </tr>
    </thead>
    <tbody>
      {annualLines
        .filter((line) => isTold(line, sums))
        .map((line) => {
          const amount = `${signs[line] === -1 && sums[line] !== 0 ? '−' : ''}${formats.euros(sums[line])}`
          return (
            <tr class={balances.includes(line) ? 'row-total' : undefined}>
              <th scope="row">{t(`annual.${line}`)}</th>
              <td class="n" data-th={t('bank.amount')}>
                {amount}
              </td>
            </tr>
          )
        })}
    </tbody>
  </table>
)
