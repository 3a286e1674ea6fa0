import type { Child } from 'hono/jsx'
import type { Translate } from '../../shared/messages.ts'
import { EmptyVoucher } from './pictures.tsx'

/** Shape, word and colour: a state is never told by colour alone. */
export type Tone = 'run' | 'done' | 'hold' | 'stop' | 'plain'
export const Tag = ({ tone, children }: { tone: Tone; children: Child }) => (
  <span class={tone === 'plain' ? 'tag' : `tag tag-${tone}`}>{children}</span>
)

type NoticeProps = {
  title: string
  children: Child
  tone?: 'info' | 'wait' | 'stop' | 'good'
  action?: Child
  role?: 'status' | 'alert'
}

/** The title says the fact, the text what stays true, the button what to do. */
export const Notice = ({ title, children, tone = 'info', action, role }: NoticeProps) => (
  <div class={tone === 'info' ? 'notice' : `notice notice-${tone}`} role={role}>
    <div>
      <p class="notice-title">{title}</p>
      {typeof children === 'string' ? <p>{children}</p> : children}
    </div>
    {action}
  </div>
)

/** Nothing yet: what it is for and how to start. */
export const EmptyState = ({ title, children, action }: { title: string; children: Child; action?: Child }) => (
  <div class="empty">
    <EmptyVoucher />
    <p class="empty-title">{title}</p>
    <p>{children}</p>
    {action}
  </div>
)

type SuppressedProps = {
  t: Translate
  threshold?: number
  /** Of a territory: one venue may stand out, even where the uses are many. */
  isTerritory?: boolean
}

/** A count too small to be shown: never blank, never zero, the same words in page, CSV and API. */
export const SuppressedCell = ({ t, threshold = 11, isTerritory = false }: SuppressedProps) => (
  <span class="suppressed" title={t(isTerritory ? 'suppressed.place.why' : 'suppressed.why')}>
    {isTerritory ? t('suppressed.place') : t('suppressed', { threshold })}
  </span>
)
