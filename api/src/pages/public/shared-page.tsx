import type { Shared } from '../../statistics/share-links.ts'
import { Bars } from '../charts/bars.tsx'
import { Section } from '../components/page-head.tsx'
import { EmptyState } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { spanText } from '../span-text.ts'

/** What a funder shares: the released themes of each of its campaigns. */
export function SharedPage({ shared, ...page }: PageProps & { shared: Shared }) {
  const { t, formats } = page
  const { link, themes } = shared
  const title = t('shared.title', { funder: link.funder })
  const lede = t('shared.lede', { funder: link.funder, day: formats.day(link.expiresOn) })
  const campaigns = [...new Map(themes.map((theme) => [theme.place, theme])).values()]
  return (
    <Layout {...page} title={title} lede={lede}>
      {campaigns.length === 0 && (
        <EmptyState title={t('shared.none')} action={<a href="/donnees">{t('data.title')}</a>}>
          {t('shared.none.says')}
        </EmptyState>
      )}
      {campaigns.length > 0 && (
        <p class="no-print">
          <a class="button" href={`${page.here.split('?')[0]}.csv`}>
            CSV
          </a>
        </p>
      )}
      {campaigns.map(({ place, placeName, span, frozenOn, threshold }) => (
        <Section
          title={placeName}
          says={
            <>
              <p>{t('shared.quarter', { span: spanText(span, page), day: formats.day(frozenOn) })}</p>
              <p>{t('data.table.read.says', { threshold })}</p>
            </>
          }
        >
          <Bars
            t={t}
            formats={formats}
            threshold={threshold}
            heading={{ label: t('funder.services.theme'), count: t('funder.services.count') }}
            bars={themes
              .filter((theme) => theme.place === place)
              .map(({ subject, subjectName, value }) => ({
                label:
                  subject === '*' ? t('funder.services.whole') : [subjectName, <small class="code">{subject}</small>],
                count: value,
              }))}
          />
        </Section>
      ))}
    </Layout>
  )
}
