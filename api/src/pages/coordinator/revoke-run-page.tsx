import type { PrintRun } from '../../books/queries.ts'
import type { Campaign } from '../../campaigns/queries.ts'
import { FormErrors, type FormState } from '../components/form.tsx'
import { counted } from '../components/sentences.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { printingHome } from './printing-page.tsx'

type RevokeProps = PageProps & { run: PrintRun; campaign: Campaign; form: FormState }

/** Says what the cancellation of a run does, and to how many books, before it is asked for. */
export function RevokeRunPage({ run, campaign, form, ...page }: RevokeProps) {
  const { t, formats } = page
  const title = t('printing.cancel')
  const of = { ...counted(page, run.bookCount), campaign: campaign.name }
  const href = `${printingHome}/${run.id}`
  return (
    <Layout
      {...page}
      title={title}
      audience="coordinator"
      crumbs={[
        { href: printingHome, label: t('printing.title') },
        { href, label: t('printing.run', of) },
        { label: title },
      ]}
    >
      <FormErrors t={t} form={form} labels={{}} />
      <Notice
        title={t('printing.cancel.effect', {
          ...of,
          amount: formats.wholeEuros(run.bookCount * campaign.bookSize * campaign.faceValueCents),
        })}
        tone="wait"
      >
        {t('printing.cancel.says')}
      </Notice>
      <form class="acts-row cut" method="post" action={`${href}/annulation`}>
        <button class="button" type="submit">
          {title}
        </button>
        <a class="button button-main" href={href}>
          {t('parcel.keep')}
        </a>
      </form>
    </Layout>
  )
}
