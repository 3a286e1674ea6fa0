import type { Child } from 'hono/jsx'
import type { PageProps } from '../page-props.tsx'
import { passkeyScriptPath } from './passkey-script.ts'

type PasskeyFormProps = Pick<PageProps, 't'> & {
  /** `show` signs in, `add` makes another one. */
  act: 'show' | 'add'
  label: string
  to: string
  children?: Child
}

/** Hidden until the script finds a browser that knows passkeys; without one, the sentence says so. */
export const PasskeyForm = ({ t, act, label, to, children }: PasskeyFormProps) => {
  const begin = act === 'show' ? '/cles/preuve' : '/cles/ajout'
  return (
    <>
      <form
        class="form"
        hidden
        data-passkey={act}
        data-begin={begin}
        data-finish={`${begin}/reponse`}
        data-failed={t('sign_in.passkey.failed')}
      >
        <input type="hidden" name="to" value={to} />
        {children}
        <button class={act === 'show' ? 'button button-main' : 'button'} type="submit">
          {label}
        </button>
        <p class="error" role="status" />
      </form>
      <noscript>
        <p class="small">{t('sign_in.passkey.no_script')}</p>
      </noscript>
      <script src={passkeyScriptPath} defer />
    </>
  )
}
