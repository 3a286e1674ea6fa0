import type { Invitation, Tenant } from '../../accounts/invitation.ts'
import { invitationDays, shownState } from '../../accounts/invitation.ts'
import type { Member } from '../../accounts/invitation-queries.ts'
import type { Day } from '../../shared/days.ts'
import { type Column, Table } from '../components/data-table.tsx'
import type { FormState } from '../components/form.tsx'
import { PageHead, Section } from '../components/page-head.tsx'
import { EmptyState, Notice, Tag } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { audienceOf } from '../navigation.ts'
import type { PageProps } from '../page-props.tsx'
import { InviteForm } from './invite-form.tsx'

export type PeopleView = {
  /** Null: those who run the scheme. */
  tenant: Tenant | null
  members: readonly Member[]
  invitations: readonly Invitation[]
  today: Day
  /** Phones of the tenant that are linked. */
  phones: number
}
/** What was just done, as a word of the address. */
export const doings = ['sent', 'closed', 'reset', 'signed_out'] as const
export type Doing = (typeof doings)[number]
type PeopleProps = PageProps & { view: PeopleView; form: FormState; done: Doing | undefined }

export const peoplePath = (tenant: Tenant | null, person: PageProps['person']): string =>
  tenant === null || tenant.id === person?.tenantId ? '/equipe' : `/equipe/${tenant.id}`

const hasEnded = ({ endedOn, validUntil }: Member, today: Day) =>
  endedOn !== null || (validUntil !== null && validUntil < today)

/** Who has access, who is invited, who has left, for every kind of tenant and for the coordination. */
export function PeoplePage({ view, form, done, ...page }: PeopleProps) {
  const { t, formats, person } = page
  const { tenant, members, today } = view
  const active = members.filter((member) => !hasEnded(member, today))
  const left = members.filter((member) => hasEnded(member, today))
  const isOwn = (tenant?.id ?? null) === person?.tenantId
  const title =
    tenant === null ? t('structures.coordination') : isOwn ? t('people.title') : t('people.of', { tenant: tenant.name })
  const crumbs =
    person?.role === 'coordinator' && tenant
      ? [{ href: '/coordination/structures', label: t('structures.title') }, { label: tenant.name }]
      : undefined
  return (
    <Layout
      {...page}
      title={title}
      audience={audienceOf(person)}
      tenant={isOwn ? tenant?.name : undefined}
      head={<PageHead title={title} lede={t('people.lede')} {...(crumbs && { crumbs })} />}
    >
      {done && <Done {...page} view={view} done={done} />}
      <Section title={t('people.active')} says={t('people.active.says')} isWide>
        {active.length === 0 ? (
          <EmptyState title={t('people.none')}>{t('people.none.says')}</EmptyState>
        ) : (
          <Table rows={active} columns={activeColumns(page, view)} />
        )}
      </Section>
      <Section title={t('people.invited')} says={t('people.invited.says', { days: invitationDays })} isWide>
        {view.invitations.length === 0 ? (
          <p class="soft">{t('people.invited.none')}</p>
        ) : (
          <Table rows={view.invitations} columns={invitationColumns(page, view)} />
        )}
      </Section>
      <Section title={t('people.invite')} says={t('people.invite.says')} id="inviter">
        <InviteForm {...page} form={form} tenant={tenant} today={today} />
      </Section>
      {left.length > 0 && (
        <Section title={t('people.left')} says={t('people.left.says')} isWide>
          <Table
            rows={left}
            columns={[
              { key: 'name', label: t('people.name'), cell: ({ name }) => name },
              { key: 'email', label: t('people.email'), cell: ({ email }) => <span class="address">{email}</span> },
              {
                key: 'left',
                label: t('people.state'),
                cell: ({ endedOn, validUntil }) => t('people.left.on', { day: formats.day((endedOn ?? validUntil)!) }),
              },
            ]}
          />
        </Section>
      )}
    </Layout>
  )
}

function Done({ view, done, ...page }: PageProps & { view: PeopleView; done: Doing }) {
  const { t, formats } = page
  const href = phonesPath(view.tenant, page.person)
  const hasPhones = done === 'closed' && view.phones > 0 && href
  return (
    <div class="notices">
      <Notice
        title={t(`people.${done}`)}
        tone={hasPhones ? 'wait' : 'good'}
        role="status"
        action={
          hasPhones && (
            <a class="button" href={href}>
              {t('people.closed.phones.see')}
            </a>
          )
        }
      >
        {hasPhones ? t('people.closed.phones', { count: formats.number(view.phones) }) : t(`people.${done}.says`)}
      </Notice>
    </div>
  )
}

function phonesPath(tenant: Tenant | null, person: PageProps['person']): string | undefined {
  if (!tenant || tenant.kind === 'funder') return undefined
  if (person?.role === 'coordinator') return `/coordination/telephones?structure=${tenant.id}`
  return tenant.kind === 'organisation' ? '/lieu/telephones' : '/prescripteur/telephones'
}

function activeColumns({ t, formats, person }: PageProps, { tenant }: PeopleView): Column<Member>[] {
  return [
    {
      key: 'name',
      label: t('people.name'),
      cell: ({ name, personId }) => (personId === person?.personId ? [name, <small>{t('people.you')}</small>] : name),
    },
    { key: 'email', label: t('people.email'), cell: ({ email }) => <span class="address">{email}</span> },
    ...(tenant ? [] : [{ key: 'role', label: t('people.role'), cell: ({ role }: Member) => t(`role.${role}`) }]),
    { key: 'since', label: t('people.since'), cell: ({ sinceOn }) => (sinceOn ? formats.day(sinceOn) : '–') },
    {
      key: 'state',
      label: t('people.state'),
      cell: ({ validUntil }) => [
        <Tag tone="done">{t('people.is_active')}</Tag>,
        validUntil && <small>{t('people.until', { day: formats.day(validUntil) })}</small>,
      ],
    },
    {
      key: 'act',
      label: t('people.act'),
      cell: ({ id, name, personId }) => (
        <div class="inline-acts no-print">
          {person?.role === 'coordinator' && personId !== person.personId && (
            <a href={`/equipe/compte/${id}`} aria-label={t('people.help.of', { name })}>
              {t('people.help')}
            </a>
          )}
          <a href={`/equipe/acces/${id}`} aria-label={t('people.end.of', { name })}>
            {t('people.end')}
          </a>
        </div>
      ),
    },
  ]
}

function invitationColumns({ t, formats }: PageProps, { tenant, today }: PeopleView): Column<Invitation>[] {
  return [
    { key: 'name', label: t('people.name'), cell: ({ name }) => name },
    { key: 'email', label: t('people.email'), cell: ({ email }) => <span class="address">{email}</span> },
    ...(tenant ? [] : [{ key: 'role', label: t('people.role'), cell: ({ role }: Invitation) => t(`role.${role}`) }]),
    {
      key: 'state',
      label: t('people.state'),
      cell: (invitation) => {
        const state = shownState(invitation, today)
        const says = t(`people.invited.${state}`, { day: formats.day(invitation.expiresOn) })
        return <Tag tone={state === 'open' ? 'run' : 'hold'}>{says}</Tag>
      },
    },
    {
      key: 'act',
      label: t('people.act'),
      cell: ({ id, name }) => (
        <div class="inline-acts">
          {(['resend', 'withdraw'] as const).map((act) => (
            <form method="post" action={`/equipe/invitations/${id}/${act === 'resend' ? 'renvoi' : 'retrait'}`}>
              <button class="link" type="submit" aria-label={t(`people.${act}.of`, { name })}>
                {t(`people.${act}`)}
              </button>
            </form>
          ))}
        </div>
      ),
    },
  ]
}
