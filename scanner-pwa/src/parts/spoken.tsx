import { signal } from '@preact/signals'

/** Said once to whoever does not see the screen, after something was done. */
export const said = signal('')

export const Spoken = () => (
  <p class="visually-hidden" role="status">
    {said.value}
  </p>
)
