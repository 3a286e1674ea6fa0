import type { Catalogue } from '../../catalogue/read-catalogue.ts'
import { type Level, levels } from '../../catalogue/service-level.ts'
import { licence } from '../../statistics/read-releases.ts'
import { PageHead, Section } from '../components/page-head.tsx'
import { Layout } from '../layout.tsx'
import { hrefWith, type PageProps } from '../page-props.tsx'

type Service = Catalogue['services'][number]
type CatalogueProps = PageProps & {
  catalogue: Catalogue
  query: { q: string; level: Level | undefined; theme: string | undefined; isWhole: boolean }
  found: readonly Service[]
}

/** The services of the catalogue in force: found by plain words, by theme, or all of them on paper. */
export function CataloguePage({ catalogue, query, found, ...page }: CatalogueProps) {
  const { t, here } = page
  const { themes } = catalogue
  const isAsked = query.q !== '' || query.theme !== undefined || query.level !== undefined
  return (
    <Layout {...page} title={t('catalogue.title')} head={<Head {...page} catalogue={catalogue} />}>
      <Section title={t('catalogue.search')} says={t('catalogue.search.says')}>
        <div>
          <SearchForm t={t} query={query} />
          {isAsked && <Found {...page} query={query} found={found} />}
          {(isAsked || query.isWhole) && (
            <p class="under no-print">
              <a href="/catalogue">{t('catalogue.clear')}</a>
            </p>
          )}
        </div>
      </Section>
      {query.isWhole ? (
        themes.map((theme) => (
          <Section title={`${theme.code}. ${theme.title}`}>
            <Services {...page} services={found.filter(({ themeCode }) => themeCode === theme.code)} />
          </Section>
        ))
      ) : (
        <Section title={t('catalogue.themes')} says={t('catalogue.themes.says')}>
          <div>
            <ul class="themes">
              {themes.map(({ code, title }) => (
                <li>
                  <a
                    href={hrefWith('/catalogue', { theme: code })}
                    aria-current={query.theme === code ? 'true' : undefined}
                  >
                    <span class="code">{code}</span>
                    <span lang="fr">{title}</span>
                    <small>{offered(catalogue).filter(({ themeCode }) => themeCode === code).length}</small>
                  </a>
                </li>
              ))}
            </ul>
            <p class="under no-print">
              <a href={hrefWith(here, { tout: 1, q: '', theme: '', niveau: '' })}>{t('catalogue.all')}</a>
            </p>
          </div>
        </Section>
      )}
      <Section title={t('catalogue.reuse')} says={t('catalogue.reuse.says', { licence: licence.name })} id="reutiliser">
        <ul class="inline-acts no-print">
          <li>
            <a href="/catalogue.pdf">{t('catalogue.pdf')}</a>
          </li>
          <li>
            <a href="/catalogue.csv">CSV</a>
          </li>
          <li>
            <a href="/catalogue.xlsx">XLSX</a>
          </li>
          <li>
            <a href="/catalogue.json">JSON</a>
          </li>
        </ul>
      </Section>
    </Layout>
  )
}

export const offered = ({ services }: Catalogue) => services.filter(({ retiredOn }) => retiredOn === null)

function Head({ t, formats, catalogue }: PageProps & { catalogue: Catalogue }) {
  const { number, publishedFrom } = catalogue.version
  return (
    <PageHead
      title={t('catalogue.title')}
      lede={t('catalogue.lede')}
      facts={
        <>
          <span>
            <b>{formats.number(offered(catalogue).length)}</b> {t('catalogue.facts.services')}
          </span>
          <span>
            <b>{catalogue.themes.length}</b> {t('catalogue.facts.themes')}
          </span>
          {publishedFrom && <span>{t('catalogue.facts.version', { number, day: formats.day(publishedFrom) })}</span>}
        </>
      }
    />
  )
}

function SearchForm({ t, query }: Pick<CatalogueProps, 't' | 'query'>) {
  return (
    <search>
      <form class="filters" action="/catalogue">
        <div class="field grow">
          <label for="words">{t('catalogue.words')}</label>
          <input id="words" name="q" type="search" value={query.q} maxlength={200} />
        </div>
        <div class="field">
          <label for="level">{t('catalogue.level')}</label>
          <select id="level" name="niveau">
            <option value="">{t('catalogue.level.all')}</option>
            {levels.map((level) => (
              <option value={level} selected={query.level === level}>
                {t(`level.${level}`)}
              </option>
            ))}
          </select>
        </div>
        {query.theme && <input type="hidden" name="theme" value={query.theme} />}
        <button class="button button-main" type="submit">
          {t('catalogue.search')}
        </button>
      </form>
    </search>
  )
}

function Found({ query, found, ...page }: PageProps & Pick<CatalogueProps, 'query' | 'found'>) {
  const { t, formats } = page
  const count = formats.number(found.length)
  const many = query.q === '' ? t('catalogue.listed', { count }) : t('catalogue.found', { count, q: query.q })
  const says =
    found.length === 0
      ? t('catalogue.none', { q: query.q })
      : found.length === 1 && query.q !== ''
        ? t('catalogue.found.one', { q: query.q })
        : many
  return (
    <>
      <p class="small soft" role="status">
        {says}
      </p>
      <Services {...page} services={found} />
    </>
  )
}

const Services = ({ t, services }: PageProps & { services: readonly Service[] }) => (
  <ul>
    {services.map(({ code, title, description, level, durationMinutes }) => (
      <li class="service">
        <span class="code">{code}</span>
        <div lang="fr">
          <h3>{title}</h3>
          <p>{description}</p>
        </div>
        <p>
          {`${t(`level.${level}`)} · ${t('catalogue.minutes', { minutes: durationMinutes })}`}
          <br class="no-print" />
          <a class="no-print" href={`/ou?service=${code}`} aria-label={`${t('choice.where')} (${code})`}>
            {t('choice.where')}
          </a>
        </p>
      </li>
    ))}
  </ul>
)
