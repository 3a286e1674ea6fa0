import type { Passkey } from '../../accounts/passkey-queries.ts'
import { emptyForm, TextField } from '../components/form.tsx'
import { Section } from '../components/page-head.tsx'
import type { AccountProps } from './account-page.tsx'
import { PasskeyForm } from './passkey-form.tsx'

export type KeyRow = Pick<Passkey, 'id' | 'name' | 'createdOn' | 'lastUsedOn'>

export function Keys(props: AccountProps) {
  const { t, view } = props
  return (
    <Section title={t('account.keys')} says={t('account.keys.says')} id="cles">
      <div>
        {view.keys.length === 0 && <p>{t('account.keys.none')}</p>}
        <ul class="own-things">
          {view.keys.map((key) => (
            <KeyItem {...props} passkey={key} />
          ))}
        </ul>
        {view.isFresh ? (
          <PasskeyForm t={t} act="add" label={t('account.key.add')} to="/compte#cles">
            <TextField
              name="keyName"
              label={t('account.key.name')}
              hint={t('account.key.name.hint')}
              form={emptyForm}
              maxlength={60}
            />
          </PasskeyForm>
        ) : (
          <p>
            {t('account.prove')} <a href="/connexion?to=/compte">{t('account.prove.go')}</a>
          </p>
        )}
      </div>
    </Section>
  )
}

function KeyItem({ t, formats, view, passkey }: AccountProps & { passkey: KeyRow }) {
  const { id, name, createdOn, lastUsedOn } = passkey
  const facts = [
    t('account.key.added', { day: formats.day(createdOn) }),
    ...(lastUsedOn ? [t('account.key.used', { day: formats.day(lastUsedOn) })] : []),
  ]
  return (
    <li>
      <strong>{name}</strong>
      <span class="small">{facts.join(', ')}</span>
      <details>
        <summary>{t('account.key.rename', { name })}</summary>
        <form class="form" method="post" action={`/compte/cles/${id}/nom`}>
          <div class="field">
            <label for={`name-${id}`}>{t('account.key.name')}</label>
            <input id={`name-${id}`} name="name" value={name} required maxlength={60} />
          </div>
          <button class="button" type="submit">
            {t('account.save')}
          </button>
        </form>
      </details>
      {view.isFresh && (
        <form method="post" action={`/compte/cles/${id}/retrait`}>
          <button class="link" type="submit">
            {t('account.key.remove', { name })}
          </button>
        </form>
      )}
    </li>
  )
}
