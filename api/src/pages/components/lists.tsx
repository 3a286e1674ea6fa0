import type { Child } from 'hono/jsx'

export type Decision = {
  count: string
  title: string
  says: Child
  when?: string
  action: { href: string; label: string; isMain?: boolean }
}

/** What waits for somebody, by deadline. Nothing leaves this list by age. */
export const DecisionList = ({ items }: { items: readonly Decision[] }) => (
  <ul class="decisions">
    {items.map(({ count, title, says, when, action }) => (
      <li>
        <span class="count">{count}</span>
        <div>
          <h3>{title}</h3>
          <p>
            {says} {when && <span class="when">{when}</span>}
          </p>
        </div>
        <a class={action.isMain ? 'button button-main' : 'button'} href={action.href}>
          {action.label}
        </a>
      </li>
    ))}
  </ul>
)

export type Step = { title: string; on: string; says?: Child; state?: 'done' | 'you' | 'end'; act?: string }

/** Dates of the scheme in their order; `you` is where the reader must act, and says so in words. */
export const Timeline = ({ steps }: { steps: readonly Step[] }) => (
  <ol class="timeline">
    {steps.map(({ title, on, says, state, act }) => (
      <li class={state}>
        <b>{title}</b>
        <time>{on}</time>
        {says}
        {act && <span class="act">{act}</span>}
      </li>
    ))}
  </ol>
)

export type TrackStep = { title: string; says?: Child; state: 'done' | 'current' | 'later' }

/** The states of one thing, with who and when; later ones with the day they are expected. */
export const Track = ({ steps }: { steps: readonly TrackStep[] }) => (
  <ol class="track">
    {steps.map(({ title, says, state }) => (
      <li class={state === 'done' ? 'done' : undefined} aria-current={state === 'current' ? 'step' : undefined}>
        <b>{title}</b>
        {says}
      </li>
    ))}
  </ol>
)

type PayProps = { label: string; title: string; amount: string; children: Child; aside: Child }

/** One amount that is about to move, and beside it whatever could delay it. */
export const NextPayment = ({ label, title, amount, children, aside }: PayProps) => (
  <section class="pay" aria-label={label}>
    <div>
      <p class="soft">{title}</p>
      <p class="big">{amount}</p>
      {children}
    </div>
    <div class="stack-s">{aside}</div>
  </section>
)
