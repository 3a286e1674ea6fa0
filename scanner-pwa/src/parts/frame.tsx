/** What every screen has around it: where I am, whether the network is there, what waits. */
import type { ComponentChildren } from 'preact'
import { bundleAge, lastBundleDay, rulesServe, waitingSince } from '../queue/scan.ts'
import { t, tCount } from '../say.ts'
import { go, goBack, replaceScreen, screen } from '../screen.ts'
import {
  bundle,
  contested,
  handing,
  heldElsewhere,
  isOnline,
  needsEnrolment,
  pending,
  reach,
  refused,
  venue,
} from '../state.ts'
import { sync } from '../sync.ts'
import { takeUpdate, update } from '../update.ts'
import { Icon } from './icons.tsx'

/** Quiet when it works, a filled word when not. */
export function Badge({ isQuiet = false }: { isQuiet?: boolean }) {
  const net = isOnline.value ? 'online' : 'offline'
  return (
    <span
      class={isQuiet && isOnline.value ? 'badge quiet' : 'badge'}
      data-net={isOnline.value ? 'on' : 'off'}
      role="status"
    >
      <Icon name={net} />
      <span class={isQuiet && isOnline.value ? 'visually-hidden' : ''}>{t(`scanner.${net}`)}</span>
    </span>
  )
}

type BarProps = { title?: string; hasBack?: boolean; isHeading?: boolean; hasSettings?: boolean }

export function Bar({ title, hasBack = false, isHeading = false, hasSettings = false }: BarProps) {
  return (
    <header class="bar">
      {hasBack && (
        <button class="icon-button" type="button" aria-label={t('scanner.back')} onClick={goBack}>
          <Icon name="back" />
        </button>
      )}
      {isHeading ? (
        <h1 class="bar-title">{title}</h1>
      ) : (
        <p class="bar-title">
          {title ?? (
            <>
              <small>{t(handing.value ? 'scanner.handing.for' : 'scanner.for')}</small>
              <span class="bar-name">{handing.value?.name ?? venue.value?.name}</span>
            </>
          )}
        </p>
      )}
      <Badge />
      {hasSettings && (
        <button
          class="icon-button"
          type="button"
          aria-label={t('scanner.settings')}
          onClick={() => go({ name: 'settings' })}
        >
          <Icon name="settings" />
        </button>
      )}
    </header>
  )
}

const tabs = [
  ['services', 'scan', 'scanner.tab.scan'],
  ['today', 'list', 'scanner.tab.today'],
  ['todo', 'tray', 'scanner.tab.todo'],
] as const

export function Tabs() {
  const count = pending.value.length + refused.value.length + contested.value.length
  return (
    <nav class="tabs" aria-label={t('scanner.tabs')}>
      {tabs.map(([name, icon, says]) => (
        <button
          key={name}
          type="button"
          aria-current={screen.value.name === name ? 'page' : undefined}
          onClick={() => replaceScreen({ name })}
        >
          <Icon name={icon} />
          {name === 'todo' && count > 0 && (
            <span class="count num" aria-hidden="true">
              {count}
            </span>
          )}
          <span>
            {t(says)}
            {name === 'todo' && count > 0 && <span class="visually-hidden"> ({count})</span>}
          </span>
        </button>
      ))}
    </nav>
  )
}

/** What waits too long, or cannot leave at all. */
export function Notices({ always = false }: { always?: boolean }) {
  const count = pending.value.length
  const since = waitingSince(pending.value, Date.now())
  if (needsEnrolment.value)
    return (
      <Notice
        isUrgent
        title={t('scanner.enrol.again')}
        action={t('scanner.enrol.title')}
        onAct={() => go({ name: 'welcome' })}
      >
        {count > 0 ? tCount('scanner.enrol.again.kept', count) : t('scanner.enrol.again.none')}
      </Notice>
    )
  if (update.value === 'needed' || (update.value === 'ready' && always))
    return (
      <Notice
        isUrgent={update.value === 'needed'}
        title={t(`scanner.update.${update.value}`)}
        action={t('scanner.update.go')}
        onAct={() => void takeUpdate()}
      >
        {count > 0 ? tCount('scanner.update.kept', count) : t('scanner.update.next')}
      </Notice>
    )
  if (reach.value === 'silent' && count > 0 && always)
    return (
      <Notice title={t('scanner.silent')} action={t('scanner.todo.send')} onAct={() => void sync(true)}>
        {t('scanner.silent.next')}
      </Notice>
    )
  const elsewhere = heldElsewhere.value.length
  if (elsewhere > 0 && always)
    return (
      <Notice
        title={tCount('scanner.elsewhere', elsewhere)}
        action={t('scanner.rescue')}
        onAct={() => go({ name: 'rescue' })}
      >
        {t('scanner.elsewhere.next')}
      </Notice>
    )
  if (since === 'fresh' || (since === 'late' && !always)) return always ? <AgedRules /> : null
  const title = tCount(since === 'late' ? 'scanner.late' : 'scanner.late.very', count)
  return (
    <Notice
      isUrgent={since === 'very_late'}
      title={title}
      action={t('scanner.todo.send')}
      onAct={() => void sync(true)}
    >
      {t('scanner.late.next')}
    </Notice>
  )
}

/** Without a network for weeks: the rules on this phone end. */
function AgedRules() {
  const age = bundle.value ? bundleAge(bundle.value.readAt, Date.now()) : 'fresh'
  if (age === 'fresh') return null
  return (
    <Notice isUrgent={!rulesServe(age)} title={t(`scanner.rules.${age}`, { days: lastBundleDay })}>
      {age !== 'clock' && t('scanner.late.next')}
    </Notice>
  )
}

type NoticeProps = {
  isUrgent?: boolean
  title: string
  action?: string
  onAct?: () => void
  children: ComponentChildren
}

export function Notice({ isUrgent = false, title, action, onAct, children }: NoticeProps) {
  return (
    <div class={isUrgent ? 'banner urgent' : 'banner'} role="status">
      <Icon name="warning" />
      <p>
        <b>{title}</b> {children}
      </p>
      {action && (
        <button class="button small" type="button" onClick={onAct}>
          {action}
        </button>
      )}
    </div>
  )
}
