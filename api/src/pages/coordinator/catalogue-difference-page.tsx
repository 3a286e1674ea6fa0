import type { CatalogueVersion } from '../../catalogue/queries.ts'
import { Section } from '../components/page-head.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { Differences } from './catalogue-differences.tsx'
import type { Change } from './catalogue-view.ts'
import { catalogueHome, versionHref } from './catalogue-words.ts'

type DifferenceProps = PageProps & {
  before: CatalogueVersion
  after: CatalogueVersion
  versions: readonly CatalogueVersion[]
  changes: readonly Change[]
}

/** What a version says otherwise than another one. */
export function DifferencePage({ before, after, versions, changes, ...page }: DifferenceProps) {
  const { t, formats } = page
  const count = (kind: Change['kind']) => formats.number(changes.filter((change) => change.kind === kind).length)
  const title = t('diff.title', { before: before.number, after: after.number })
  return (
    <Layout
      {...page}
      title={title}
      audience="coordinator"
      lede={t('diff.lede', { added: count('added'), retired: count('retired'), changed: count('changed') })}
      crumbs={[
        { href: catalogueHome, label: t('reference.title') },
        { href: versionHref(after.id), label: t('editor.version', { number: after.number }) },
        { label: t('editor.compare') },
      ]}
    >
      <Section title={t('reference.change')} isWide>
        <div>
          <form class="filters no-print" action={`${versionHref(after.id)}/differences`}>
            <div class="field">
              <label for="avec">{t('diff.other')}</label>
              <select id="avec" name="avec">
                {versions
                  .filter(({ id }) => id !== after.id)
                  .map(({ id, number }) => (
                    <option value={id} selected={id === before.id}>
                      {t('editor.version', { number })}
                    </option>
                  ))}
              </select>
            </div>
            <button class="button" type="submit">
              {t('diff.do')}
            </button>
          </form>
          <Differences {...page} changes={changes} />
        </div>
      </Section>
    </Layout>
  )
}
