import type { Application } from '../../venues/application.ts'
import { CodeField, FormErrors, type FormState } from '../components/form.tsx'
import { Track, type TrackStep } from '../components/lists.tsx'
import { Section } from '../components/page-head.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'

type FollowProps = PageProps & { application: Application; form: FormState; isSent: boolean }

/** Where an application stands; before its address answered, the place to type the code. */
export function FollowPage({ application, form, isSent, ...page }: FollowProps) {
  const { t } = page
  const { state, venueName } = application
  const title = state === 'unconfirmed' ? t('apply.confirm') : t('apply.follow')
  return (
    <Layout {...page} title={title} lede={venueName}>
      {state === 'unconfirmed' && <CodeForm {...page} application={application} form={form} isSent={isSent} />}
      <Section title={t('apply.follow')}>
        <Track steps={stepsOf(page, application)} />
      </Section>
      {state === 'accepted' && (
        <Notice
          title={t('apply.accepted')}
          tone="good"
          action={
            <a class="button button-main" href="/connexion">
              {t('mail.sign_in')}
            </a>
          }
        >
          {t('apply.accepted.says')}
        </Notice>
      )}
      {(state === 'refused' || state === 'forgotten') && (
        <Notice
          title={t('apply.refused')}
          tone="stop"
          action={
            <a class="button" href="/devenir-lieu">
              {t('mail.apply_again')}
            </a>
          }
        >
          {application.reason ?? t('apply.forgotten')}
        </Notice>
      )}
    </Layout>
  )
}

function CodeForm({ t, application, form, isSent }: FollowProps) {
  return (
    <Section title={t('apply.code')} says={t('apply.code.says', { email: application.contactEmail ?? '' })}>
      <div class="stack">
        {isSent && (
          <Notice title={t('apply.code.sent')} tone="good" role="status">
            {t('apply.code.sent.says')}
          </Notice>
        )}
        <form class="form" method="post" action="/devenir-lieu/code" novalidate>
          <FormErrors t={t} form={form} labels={{ code: 'apply.code.label' }} />
          <CodeField label={t('apply.code.label')} form={form} />
          <button class="button button-main" type="submit">
            {t('apply.code.do')}
          </button>
        </form>
        <form method="post" action="/devenir-lieu/code/renvoi" class="no-print">
          <button class="link" type="submit">
            {t('apply.code.again')}
          </button>
        </form>
      </div>
    </Section>
  )
}

function stepsOf({ t, formats }: PageProps, application: Application): TrackStep[] {
  const { state, submittedOn, confirmedOn, decidedOn } = application
  const decided = state === 'accepted' || state === 'refused' || state === 'forgotten'
  return [
    { title: t('apply.step.sent'), says: formats.day(submittedOn), state: 'done' },
    {
      title: t('apply.step.confirmed'),
      says: confirmedOn ? formats.day(confirmedOn) : t('apply.step.confirmed.says'),
      state: confirmedOn ? 'done' : 'current',
    },
    {
      title: t('apply.step.decided'),
      says: decidedOn ? formats.day(decidedOn) : t('apply.step.decided.says'),
      state: decided ? 'done' : state === 'waiting' ? 'current' : 'later',
    },
  ]
}
