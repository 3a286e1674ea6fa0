/** The code by hand: one field, drawn as four groups. It points at the wrong group and never corrects. */
import { readTypedCode } from '@carnet/api/typed-code'
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Bar } from '../parts/frame.tsx'
import { Icon } from '../parts/icons.tsx'
import { t, tCount } from '../say.ts'
import { scanVoucher } from '../scan-voucher.ts'
import { replaceScreen } from '../screen.ts'

const keys = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ']
const length = 14
const readAs: Record<string, string> = { O: '0', I: '1', L: '1', U: 'V' }

/** As it is printed: 14 characters, no others. */
const clean = (text: string): string =>
  [...text.toUpperCase()]
    .map((character) => readAs[character] ?? character)
    .filter((character) => keys.includes(character))
    .join('')
    .slice(0, length)

const groupsOf = (code: string): string[] => [0, 4, 8, 12].map((at) => code.slice(at, at + (at === 12 ? 2 : 4)))
const spell = (text: string): string => [...text].join(', ')

type Wrong = { group: 1 | 2 | 3 | 4 | null } | null

export function CodeScreen() {
  const code = useSignal('')
  const wrong = useSignal<Wrong>(null)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus({ preventScroll: true }), [])
  const write = (text: string) => {
    code.value = clean(text)
    wrong.value = null
    if (code.value.length === length) {
      const read = readTypedCode(code.value)
      if (!read.code) wrong.value = { group: read.wrongGroup }
    }
  }
  const isReady = code.value.length === length && wrong.value === null
  const submit = async () => {
    if (!isReady) return
    const text = groupsOf(code.value).join('-')
    replaceScreen({ name: 'camera' })
    await scanVoucher(text, { isTyped: true })
  }
  return (
    <div class="screen typing">
      <Bar title={t('scanner.code.title')} hasBack isHeading />
      <main class="code-area">
        <label class="visually-hidden" for="code">
          {t('scanner.code.label')}
        </label>
        <input
          ref={field}
          class="visually-hidden"
          id="code"
          value={groupsOf(code.value).filter(Boolean).join('-')}
          inputMode="none"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          aria-invalid={wrong.value !== null}
          aria-describedby="wrong"
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && void submit()}
        />
        <Groups code={code.value} wrong={wrong.value} onTouch={() => field.current?.focus()} />
        <div id="wrong" role="alert">
          {wrong.value && <WrongGroup code={code.value} wrong={wrong.value} />}
        </div>
        <p class="sample">{t('scanner.code.letters')}</p>
      </main>
      <fieldset class="keypad" aria-label={t('scanner.code.keypad')}>
        {keys.map((key) => (
          <button key={key} type="button" class={key <= '9' ? 'digit' : ''} onClick={() => write(code.value + key)}>
            {key}
          </button>
        ))}
        <button type="button" class="wide" onClick={() => write(code.value.slice(0, -1))}>
          <Icon name="erase" />
          {t('scanner.code.erase')}
        </button>
        <button type="button" class="wide go" aria-disabled={!isReady} onClick={() => void submit()}>
          {code.value.length < length
            ? tCount('scanner.code.go.wait', length - code.value.length)
            : t('scanner.code.go')}
        </button>
      </fieldset>
    </div>
  )
}

function Groups({ code, wrong, onTouch }: { code: string; wrong: Wrong; onTouch: () => void }) {
  return (
    <div class="groups" aria-hidden="true" onClick={onTouch}>
      {groupsOf(code).map((text, at) => {
        const isWrong = wrong !== null && wrong.group === at + 1
        const isFull = text.length === (at === 3 ? 2 : 4)
        return (
          <span key={at} class="group" data-wrong={isWrong || undefined}>
            {text || '\u00a0'}
            <small>
              {isWrong ? <Icon name="warning" /> : isFull && !wrong ? <Icon name="tick" /> : null}
              {at + 1}
            </small>
          </span>
        )
      })}
    </div>
  )
}

function WrongGroup({ code, wrong }: { code: string; wrong: NonNullable<Wrong> }) {
  const text = wrong.group ? groupsOf(code)[wrong.group - 1]! : ''
  return (
    <p class="message">
      <Icon name="warning" />
      {wrong.group ? (
        <span>
          <b>
            <span aria-hidden="true">{t('scanner.code.wrong_group', { group: wrong.group, text })}</span>
            <span class="visually-hidden">
              {t('scanner.code.wrong_group', { group: wrong.group, text: spell(text) })}
            </span>
          </b>
          <br />
          {t('scanner.code.wrong_group.next')}
        </span>
      ) : (
        <span>
          <b>{t('scanner.code.wrong')}</b>
          <br />
          {t('scanner.code.wrong.next')}
        </span>
      )}
    </p>
  )
}
