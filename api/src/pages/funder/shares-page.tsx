import { addDays, type Day } from '../../shared/days.ts'
import type { ShareLink } from '../../statistics/share-link-queries.ts'
import { Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'

type SharesProps = PageProps & {
  links: readonly ShareLink[]
  today: Day
  /** Of the link that was just made: told once. */
  made?: string | undefined
  tenant: string | undefined
}

const usualDays = 90
const longestDays = 366

/** The links of a funder to its published figures: make one, see them, end one. */
export function SharesPage({ links, today, made, tenant, ...page }: SharesProps) {
  const { t, person } = page
  const isFunder = person?.role === 'funder'
  return (
    <Layout
      {...page}
      title={t('nav.shares')}
      audience={isFunder ? 'funder' : 'coordinator'}
      tenant={tenant}
      lede={t('share.lede')}
    >
      {made && (
        <Notice title={t('share.made')} tone="good" role="status">
          <p>
            <a class="code" href={made}>
              {made}
            </a>
          </p>
          <p>{t('share.made.says')}</p>
        </Notice>
      )}
      {isFunder && (
        <Section title={t('share.new')} says={t('share.new.says')}>
          <form class="filters" method="post" action="/financeur/partages">
            <div class="field grow">
              <label for="label">{t('share.label')}</label>
              <input id="label" name="label" required maxlength={100} />
            </div>
            <div class="field">
              <label for="until">{t('share.until')}</label>
              <input
                id="until"
                name="expiresOn"
                type="date"
                required
                min={today}
                max={addDays(today, longestDays)}
                value={addDays(today, usualDays)}
              />
            </div>
            <button class="button button-main" type="submit">
              {t('share.make')}
            </button>
          </form>
        </Section>
      )}
      <Section title={t('share.list')}>
        {links.length === 0 ? (
          <p class="soft">{t('share.list.none')}</p>
        ) : (
          <Links {...page} links={links} today={today} mayRevoke={isFunder} />
        )}
      </Section>
    </Layout>
  )
}

type LinksProps = PageProps & Pick<SharesProps, 'links' | 'today'> & { mayRevoke: boolean }

function Links({ links, today, mayRevoke, t, formats }: LinksProps) {
  const stateOf = ({ revokedOn, expiresOn }: ShareLink) => {
    if (revokedOn) return t('share.state.revoked', { day: formats.day(revokedOn) })
    return t(expiresOn < today ? 'share.state.over' : 'share.state.open', { day: formats.day(expiresOn) })
  }
  const isOpen = ({ revokedOn, expiresOn }: ShareLink) => !revokedOn && expiresOn >= today
  return (
    <Table
      rows={links}
      columns={[
        { key: 'label', label: t('share.label'), cell: ({ label }) => label },
        ...(mayRevoke ? [] : [{ key: 'funder', label: t('share.funder'), cell: ({ funder }: ShareLink) => funder }]),
        { key: 'created', label: t('share.created'), cell: ({ createdOn }) => formats.day(createdOn) },
        {
          key: 'state',
          label: t('share.state'),
          cell: (link) => (
            <>
              {stateOf(link)}
              {mayRevoke && isOpen(link) && (
                <form method="post" action={`/financeur/partages/${link.id}/arret`}>
                  <button class="button" type="submit" aria-label={t('share.revoke.named', { label: link.label })}>
                    {t('share.revoke')}
                  </button>
                </form>
              )}
            </>
          ),
        },
      ]}
    />
  )
}
