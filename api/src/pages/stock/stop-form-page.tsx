import { writeRanges } from '../../books/cover-ranges.ts'
import type { StockedCampaign } from '../../stock/queries.ts'
import type { StopDetails } from '../../stock/stop-books.ts'
import { ChoiceField, FormErrors, type FormState, SelectField, TextField } from '../components/form.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { audienceOf } from '../navigation.ts'
import { hrefWith, type PageProps } from '../page-props.tsx'

export type Effect = { details: StopDetails; books: number; blocked: number; campaign: string; place: string | null }
type StopFormProps = PageProps & { campaigns: readonly StockedCampaign[]; form: FormState; effect: Effect | null }

const labels = { firstCover: 'shelf.first', lastCover: 'shelf.last' } as const
const reasons = ['lost', 'stolen', 'damaged'] as const
const askers = ['prescriber', 'funder', 'printer', 'coordination'] as const

/** Which books, why, and who asked; then what it will do, before it does. */
export function StopFormPage(props: StopFormProps) {
  const { t, person, effect } = props
  const title = t('stops.new')
  return (
    <Layout
      {...props}
      title={title}
      audience={audienceOf(person)}
      lede={t('stops.new.lede')}
      crumbs={[{ href: '/oppositions', label: t('stops.title') }, { label: title }]}
    >
      {effect ? <Confirm {...props} effect={effect} /> : <Fields {...props} />}
    </Layout>
  )
}

function Fields({ t, campaigns, form, person }: StopFormProps) {
  return (
    <form class="form" action="/oppositions/nouvelle">
      <FormErrors t={t} form={form} labels={labels} />
      <SelectField
        name="campaignId"
        label={t('stops.campaign')}
        form={form}
        options={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextField name="firstCover" label={t('shelf.first')} form={form} inputmode="numeric" maxlength={7} />
      <TextField
        name="lastCover"
        label={t('shelf.last')}
        hint={t('shelf.last.hint')}
        form={form}
        inputmode="numeric"
        maxlength={7}
        isOptional
      />
      <ChoiceField
        name="reason"
        label={t('stops.reason')}
        form={form}
        options={reasons.map((value) => ({ value, label: t(`stop_reason.${value}`) }))}
      />
      <ChoiceField
        name="where"
        label={t('stops.stock.label')}
        form={form}
        options={[
          { value: 'handed', label: t('stops.stock.no') },
          { value: 'stock', label: t('stops.stock.yes') },
        ]}
      />
      {person?.role === 'coordinator' && (
        <SelectField
          name="askedBy"
          label={t('stops.asked')}
          form={form}
          options={askers.map((value) => ({ value, label: t(`stop_asker.${value}`) }))}
        />
      )}
      <button class="button button-main" type="submit">
        {t('stops.preview')}
      </button>
    </form>
  )
}

function Confirm({ t, formats, here, effect }: StopFormProps & { effect: Effect }) {
  const { details, books, blocked, campaign, place } = effect
  const { isFromStock, ...rest } = details
  const fields = { ...rest, where: isFromStock ? 'stock' : 'handed' }
  return (
    <>
      <Notice
        title={books === 1 ? t('stops.effect.one') : t('stops.effect', { count: formats.number(books) })}
        tone="wait"
      >
        <p>
          {[campaign, `${t('stops.covers')} ${writeRanges([details])}`, place, t(`stop_reason.${details.reason}`)]
            .filter(Boolean)
            .join(' · ')}
          {blocked > 0 && `, ${t('stops.effect.blocked', { count: formats.number(blocked) })}`}
        </p>
        <p>{t('stops.effect.value')}</p>
      </Notice>
      <form class="acts-row cut" method="post" action="/oppositions">
        {Object.entries(fields).map(([name, value]) => (
          <input type="hidden" name={name} value={String(value ?? '')} />
        ))}
        <button class="button button-main" type="submit">
          {t('stops.confirm')}
        </button>
        <a class="button" href={hrefWith(here, { firstCover: '' })}>
          {t('stops.change')}
        </a>
      </form>
    </>
  )
}
