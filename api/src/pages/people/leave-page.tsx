import type { Tenant } from '../../accounts/invitation.ts'
import type { Member } from '../../accounts/invitation-queries.ts'
import { counted } from '../components/sentences.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { audienceOf } from '../navigation.ts'
import type { PageProps } from '../page-props.tsx'
import { peoplePath } from './people-page.tsx'

type LeaveProps = PageProps & {
  member: Member
  tenant: Tenant | null
  /** Who keeps the same access. */
  others: number
  phones: number
}

/** Says what will happen before it does. */
export function LeavePage({ member, tenant, others, phones, ...page }: LeaveProps) {
  const { t, formats, person } = page
  const title = t('people.end.title', { name: member.name })
  const back = peoplePath(tenant, person)
  return (
    <Layout
      {...page}
      title={title}
      audience={audienceOf(person)}
      lede={t('people.end.lede')}
      crumbs={[{ href: back, label: t('people.title') }, { label: member.name }]}
    >
      <div class="stack">
        <Notice
          title={others > 0 ? t('people.end.others', counted(page, others)) : t('people.end.last')}
          tone={others > 0 ? 'info' : 'wait'}
        >
          {t(others > 0 ? 'people.end.others.says' : 'people.end.last.says')}
        </Notice>
        {phones > 0 && (
          <Notice title={t('people.end.phones', { count: formats.number(phones) })}>
            {t('people.end.phones.says')}
          </Notice>
        )}
      </div>
      <form class="acts-row cut" method="post" action={`/equipe/acces/${member.id}`}>
        <button class="button" type="submit">
          {t('people.end.do')}
        </button>
        <a class="button button-main" href={back}>
          {t('people.end.keep')}
        </a>
      </form>
    </Layout>
  )
}
