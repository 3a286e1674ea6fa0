import type { Child } from 'hono/jsx'
import type { Month } from '../../shared/days.ts'
import type { MessageKey } from '../../shared/messages.ts'
import type { RequestRow } from '../../stock/queries.ts'
import { FormErrors, type FormState, SelectField, TextField } from '../components/form.tsx'
import { Tag } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'

type FormPageProps = PageProps & {
  prescriber: string
  campaigns: readonly { id: string; name: string }[]
  form: FormState
}

const labels: Record<string, MessageKey> = {
  total: 'handing.books',
  cover: 'replacing.cover',
  wanted: 'asking.books',
}

/** One form on a page of its own: which campaign, then what is asked. */
function FormPage({
  title,
  lede,
  action,
  children,
  ...page
}: FormPageProps & { title: string; lede: string; action: string; children: Child }) {
  const { t, campaigns, form, prescriber } = page
  return (
    <Layout
      {...page}
      title={title}
      audience="prescriber"
      tenant={prescriber}
      lede={lede}
      crumbs={[{ href: '/prescripteur', label: t('nav.prescriber') }, { label: title }]}
    >
      <form class="form" method="post" action={action}>
        <FormErrors t={t} form={form} labels={labels} />
        <SelectField
          name="campaignId"
          label={t('prescriber.campaign')}
          form={form}
          options={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
        />
        {children}
      </form>
    </Layout>
  )
}

/** The figure of a whole month, for those who count on paper. */
export function MonthPage({ months, ...page }: FormPageProps & { months: readonly Month[] }) {
  const { t, formats, form } = page
  return (
    <FormPage {...page} title={t('handing.write')} lede={t('handing.says')} action="/prescripteur/mois">
      <SelectField
        name="month"
        label={t('handing.month')}
        form={form}
        options={months.map((value) => ({ value, label: formats.month(value) }))}
      />
      <TextField name="total" label={t('handing.books')} form={form} inputmode="numeric" maxlength={6} />
      <button class="button button-main" type="submit">
        {t('handing.write')}
      </button>
    </FormPage>
  )
}

export const reasons = ['lost', 'stolen', 'damaged'] as const

/** Its cover is enough: no name is asked. */
export function ReplacePage(page: FormPageProps) {
  const { t, form } = page
  return (
    <FormPage {...page} title={t('replacing.title')} lede={t('replacing.says')} action="/prescripteur/remplacement">
      <TextField name="cover" label={t('replacing.cover')} form={form} inputmode="numeric" maxlength={7} />
      <SelectField
        name="reason"
        label={t('stops.reason')}
        form={form}
        options={reasons.map((value) => ({ value, label: t(`stop_reason.${value}`) }))}
      />
      <div class="acts-row">
        <button class="button button-main" type="submit">
          {t('replacing.do')}
        </button>
        <a class="button" href="/oppositions/nouvelle">
          {t('replacing.only_stop')}
        </a>
      </div>
    </FormPage>
  )
}

export function AskPage(page: FormPageProps) {
  const { t, form } = page
  return (
    <FormPage {...page} title={t('asking.title')} lede={t('asking.says')} action="/prescripteur/demande">
      <TextField name="wanted" label={t('asking.books')} form={form} inputmode="numeric" maxlength={6} />
      <button class="button button-main" type="submit">
        {t('asking.do')}
      </button>
    </FormPage>
  )
}

/** What was asked for, and what the coordination answered. */
export const Asked = ({ t, formats, requests }: PageProps & { requests: readonly RequestRow[] }) => (
  <ul class="asked">
    {requests.map(({ books, campaign, requestedOn, state }) => (
      <li>
        {t('asking.yours', { count: formats.number(books), campaign, day: formats.day(requestedOn) })}{' '}
        <Tag tone={state === 'accepted' ? 'done' : state === 'declined' ? 'stop' : 'hold'}>{t(`request.${state}`)}</Tag>
      </li>
    ))}
  </ul>
)
