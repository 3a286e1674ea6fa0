import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import { t } from '../say.ts'
import { Bar, Notice } from './frame.tsx'

/** A screen that not everybody opens: its code comes when it is asked for, without a network from the files that are kept. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let Loaded: ComponentType<Props> | undefined
  return function Later(props: Props) {
    const state = useSignal<'loading' | 'here' | 'failed'>(Loaded ? 'here' : 'loading')
    useLayoutEffect(() => {
      if (state.value === 'here') return
      load().then(
        (component) => {
          Loaded = component
          state.value = 'here'
        },
        () => {
          state.value = 'failed'
        },
      )
    }, [])
    // It was not there yet when the screen was opened.
    useLayoutEffect(() => {
      const isElsewhere = document.activeElement !== document.body && document.activeElement?.isConnected
      const heading = state.value === 'loading' || isElsewhere ? null : document.querySelector('h1')
      heading?.setAttribute('tabindex', '-1')
      heading?.focus({ preventScroll: true })
    }, [state.value])
    if (state.value === 'failed') return <NotLoaded />
    return state.value === 'here' && Loaded ? <Loaded {...props} /> : <p class="empty">{t('scanner.loading')}</p>
  }
}

const NotLoaded = () => (
  <div class="screen">
    <Bar title={t('scanner.not_loaded')} hasBack isHeading />
    <main class="page">
      <Notice title={t('scanner.not_loaded.says')} action={t('scanner.restart')} onAct={() => location.reload()}>
        {t('scanner.not_loaded.next')}
      </Notice>
    </main>
  </div>
)
