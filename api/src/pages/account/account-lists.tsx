import { dayOf } from '../../shared/days.ts'
import { TextField } from '../components/form.tsx'
import { Section } from '../components/page-head.tsx'
import { Tag } from '../components/states.tsx'
import type { AccountProps } from './account-page.tsx'

export type SessionRow = { id: string; browser: string; createdAt: Date; seenAt: Date }
export type TokenRow = { id: string; label: string; scopes: string[]; expiresOn: string; lastUsedOn: string | null }

export function Sessions({ t, formats, view, person }: AccountProps) {
  return (
    <Section title={t('account.sessions')} says={t('account.sessions.says')} id="sessions">
      <div>
        <ul class="own-things">
          {view.sessions.map(({ id, createdAt, seenAt, ...session }) => {
            const browser = session.browser || t('account.session.unknown')
            const days = { day: formats.day(dayOf(createdAt)), seen: formats.day(dayOf(seenAt)) }
            return (
              <li>
                <span>
                  {t('account.session.of', { browser, ...days })}{' '}
                  {id === person?.session?.id && <Tag tone="run">{t('account.session.this')}</Tag>}
                </span>
                {id !== person?.session?.id && (
                  <form method="post" action={`/compte/sessions/${id}/fin`}>
                    <button class="link" type="submit" aria-label={t('account.session.end_what', { browser })}>
                      {t('account.session.end')}
                    </button>
                  </form>
                )}
              </li>
            )
          })}
        </ul>
        <div class="inline-acts">
          {(['others', 'all'] as const).map((which) => (
            <form method="post" action={`/compte/sessions/${which === 'all' ? 'toutes' : 'autres'}`}>
              <button class="button" type="submit">
                {t(`account.sessions.${which}`)}
              </button>
            </form>
          ))}
        </div>
      </div>
    </Section>
  )
}

export function Tokens({ t, formats, view, form }: AccountProps) {
  return (
    <Section title={t('account.tokens')} says={t('account.tokens.says')} id="jetons">
      <div>
        <ul class="own-things">
          {view.tokens.map(({ id, label, scopes, expiresOn, lastUsedOn }) => (
            <li>
              <span>{t('account.token.of', { label, scopes: scopes.join(', '), day: formats.day(expiresOn) })}</span>
              <span class="small">
                {lastUsedOn ? t('account.token.used', { day: formats.day(lastUsedOn) }) : t('account.token.unused')}
              </span>
              <form method="post" action={`/compte/jetons/${id}/retrait`}>
                <button class="link" type="submit">
                  {t('account.token.revoke', { label })}
                </button>
              </form>
            </li>
          ))}
        </ul>
        <form class="form" method="post" action="/compte/jetons">
          <TextField name="label" label={t('account.token.label')} form={form} maxlength={100} />
          <TextField
            name="scopes"
            label={t('account.token.scopes')}
            hint={t('account.token.scopes.hint')}
            form={form}
            maxlength={200}
          />
          <TextField name="expiresOn" type="date" label={t('account.token.until')} form={form} />
          <button class="button" type="submit">
            {t('account.token.make')}
          </button>
        </form>
      </div>
    </Section>
  )
}
