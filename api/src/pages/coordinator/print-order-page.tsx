import type { Orderable } from '../../books/run-queries.ts'
import type { MessageKey } from '../../shared/messages.ts'
import { FormErrors, type FormState, SelectField, TextField } from '../components/form.tsx'
import { EmptyState } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { printingHome } from './printing-page.tsx'

const labels: Record<string, MessageKey> = {
  campaignId: 'printing.campaign',
  bookCount: 'printing.book_count',
  booksPerBox: 'printing.per_box',
  coverText: 'printing.text',
  ageRecipient: 'printing.key',
}

type OrderProps = PageProps & { campaigns: readonly Orderable[]; form: FormState }

/** An order of books: for which campaign, how many, and what the cover says besides. */
export function PrintOrderPage({ campaigns, form, ...page }: OrderProps) {
  const { t } = page
  const title = t('printing.order')
  const crumbs = [{ href: printingHome, label: t('printing.title') }, { label: title }]
  return (
    <Layout {...page} title={title} audience="coordinator" lede={t('printing.order.lede')} crumbs={crumbs}>
      {campaigns.length === 0 ? (
        <EmptyState
          title={t('printing.none')}
          action={
            <a class="button" href="/financeur">
              {t('nav.campaigns')}
            </a>
          }
        >
          {t('printing.order.none')}
        </EmptyState>
      ) : (
        <OrderForm {...page} campaigns={campaigns} form={form} />
      )}
    </Layout>
  )
}

function OrderForm({ t, formats, campaigns, form }: OrderProps) {
  const given = { ...form, values: { booksPerBox: '50', ...form.values } }
  const left = campaigns.map(({ name, leftBooks }) => `${name}, ${formats.number(leftBooks)}`).join(' · ')
  return (
    <form class="form" method="post" action={`${printingHome}/commande`} novalidate>
      <FormErrors t={t} form={form} labels={labels} />
      <SelectField
        name="campaignId"
        label={t('printing.campaign')}
        form={given}
        options={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextField
        name="bookCount"
        label={t('printing.book_count')}
        hint={t('printing.book_count.says', { left })}
        form={given}
        inputmode="numeric"
        maxlength={6}
      />
      <TextField
        name="booksPerBox"
        label={t('printing.per_box')}
        hint={t('printing.per_box.says')}
        form={given}
        inputmode="numeric"
        maxlength={6}
      />
      <TextField
        name="coverText"
        label={t('printing.text')}
        hint={t('printing.text.says')}
        form={given}
        maxlength={120}
        isOptional
      />
      <TextField
        name="ageRecipient"
        label={t('printing.key')}
        hint={t('printing.key.says')}
        form={given}
        maxlength={4000}
        isOptional
        isCode
      />
      <button class="button button-main" type="submit">
        {t('printing.order')}
      </button>
    </form>
  )
}
