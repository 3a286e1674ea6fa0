import type { Child } from 'hono/jsx'
import { Section } from '../components/page-head.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { Audience } from '../navigation.ts'
import type { PageProps } from '../page-props.tsx'

type ServicesProps = PageProps & {
  audience: Audience
  title: string
  lede: string
  says: string
  crumbs: readonly { href?: string; label: string }[]
  isSaved: boolean
  children: Child
}

/** A venue's offer, or what a campaign pays. */
export const ServicesPage = ({ audience, title, lede, says, crumbs, isSaved, children, ...page }: ServicesProps) => (
  <Layout {...page} title={title} audience={audience} lede={lede} crumbs={crumbs}>
    {isSaved && (
      <Notice title={page.t('choice.saved')} tone="good" role="status">
        {page.t('choice.saved.says')}
      </Notice>
    )}
    <Section title={page.t('editor.services')} says={says}>
      {children}
    </Section>
  </Layout>
)
