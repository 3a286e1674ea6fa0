import type { MessageKey } from '../../shared/messages.ts'
import { Section } from '../components/page-head.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'

const parts = [
  { title: 'accessibility.state', says: ['accessibility.state.1', 'accessibility.state.2'] },
  {
    title: 'accessibility.checked',
    says: [1, 2, 3, 4].map((number) => `accessibility.checked.${number}` as MessageKey),
  },
  { title: 'accessibility.limits', says: [1, 2, 3, 4].map((number) => `accessibility.limits.${number}` as MessageKey) },
] as const satisfies readonly { title: MessageKey; says: readonly MessageKey[] }[]

/** The declaration that a public operator publishes, with whom to tell: a setting of who runs it. */
export function AccessibilityPage({ contact, ...page }: PageProps & { contact: string | undefined }) {
  const { t } = page
  return (
    <Layout {...page} title={t('accessibility.title')} lede={t('accessibility.lede')}>
      {parts.map(({ title, says }) => (
        <Section title={t(title)}>
          <div class="prose">
            <ul>
              {says.map((key) => (
                <li>{t(key)}</li>
              ))}
            </ul>
          </div>
        </Section>
      ))}
      <Section title={t('accessibility.tell')}>
        <div class="prose">
          <p>{contact ? t('accessibility.tell.operator', { contact }) : t('accessibility.tell.nobody')}</p>
          <p>{t('accessibility.tell.rights')}</p>
        </div>
      </Section>
    </Layout>
  )
}
