import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { t } from '../say.ts'

/** A screen that not everybody opens: its code comes when it is asked for, without a network from the files that are kept. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let Loaded: ComponentType<Props> | undefined
  return function Later(props: Props) {
    const isHere = useSignal(Loaded !== undefined)
    useEffect(() => {
      load().then(
        (component) => {
          Loaded = component
          isHere.value = true
        },
        () => undefined,
      )
    }, [])
    return isHere.value && Loaded ? <Loaded {...props} /> : <p class="empty">{t('scanner.loading')}</p>
  }
}
