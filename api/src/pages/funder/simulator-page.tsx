import { type Plan, planBounds, type Share, simulateParts } from '../../campaigns/simulate-parts.ts'
import { Table } from '../components/data-table.tsx'
import { type FormState, TextField } from '../components/form.tsx'
import { Section } from '../components/page-head.tsx'
import { Layout } from '../layout.tsx'
import { audienceOf } from '../navigation.ts'
import type { PageProps } from '../page-props.tsx'

type Props = PageProps & { form: FormState; plan: Plan | undefined; tenant?: string | undefined }
const fields = Object.keys(planBounds) as (keyof Plan)[]

/** What a campaign would cost each funder, worked out by the server from what stands in the address. */
export function SimulatorPage({ form, plan, ...page }: Props) {
  const { t, formats, person } = page
  return (
    <Layout
      {...page}
      title={t('simulator.title')}
      audience={audienceOf(person)}
      lede={t('simulator.lede')}
      crumbs={[{ href: '/financeur', label: t('nav.campaigns') }, { label: t('simulator.title') }]}
    >
      <Section title={t('simulator.plan')}>
        <form class="stack-s no-print" method="get" action="/financeur/simulateur">
          {fields.map((name) => {
            const [least, most] = planBounds[name]
            const hint = t('simulator.between', { least: formats.number(least), most: formats.number(most) })
            return <TextField name={name} label={t(`simulator.${name}`)} form={form} hint={hint} inputmode="numeric" />
          })}
          <button class="button button-main" type="submit">
            {t('simulator.work_out')}
          </button>
        </form>
      </Section>
      {plan && <Outcome {...page} plan={plan} />}
    </Layout>
  )
}

function Outcome({ t, formats, plan }: PageProps & { plan: Plan }) {
  const { vouchers, used, state, others, whole } = simulateParts(plan)
  const rows: { name: string; share: Share }[] = [
    { name: t('simulator.state'), share: state },
    { name: t('simulator.others'), share: others },
    { name: t('simulator.whole'), share: whole },
  ]
  const money = (key: keyof Share) => ({
    ...{ key, label: t(`simulator.${key}`), isNumber: true },
    cell: ({ share }: (typeof rows)[number]) => formats.euros(share[key]),
  })
  const counts = { vouchers: formats.number(vouchers), used: formats.number(used) }
  return (
    <Section title={t('simulator.outcome')} says={t('simulator.outcome.says', counts)} isWide>
      <Table
        rows={rows}
        columns={[
          { key: 'name', label: t('simulator.who'), cell: ({ name }) => name },
          ...(['partCents', 'paysCents', 'spentCents', 'backCents'] as const).map(money),
        ]}
      />
    </Section>
  )
}
