/** A prescriber's phone: counts the books handed out, shows what is left, stops a lost one. There is no field that could say to whom. */
import { signal } from '@preact/signals'
import { countBook } from '../handing/count.ts'
import { Bar, Notice, Notices } from '../parts/frame.tsx'
import { Icon, type IconName } from '../parts/icons.tsx'
import { type Key, longDay, monthName, t, tCount } from '../say.ts'
import { replaceScreen } from '../screen.ts'
import { db, handing, handingTrouble, handoutCounts, showHanding, today } from '../state.ts'
import { sync } from '../sync.ts'
import { LostBook } from './lost-book.tsx'

const chosen = signal<string | null>(null)
const month = () => `${today().slice(0, 7)}-01`

/** The campaign whose books are counted now: the one chosen, or the one that ends first. */
export function campaignNow() {
  const campaigns = handing.value?.campaigns ?? []
  const byEnd = [...campaigns].sort((a, b) => a.endsOn.localeCompare(b.endsOn))
  return campaigns.find(({ id }) => id === chosen.value) ?? byEnd[0]
}

type Campaign = NonNullable<ReturnType<typeof campaignNow>>

/** What the server knows, and what this phone has yet to tell. */
function figuresOf({ id, inMonth, inAll, received }: Campaign) {
  const own = handoutCounts.value.filter(({ campaignId }) => campaignId === id)
  const untold = own.reduce((sum, { books, told }) => sum + books - told, 0)
  const ofMonth = own.find((count) => count.month === month())
  const untoldOfMonth = ofMonth ? ofMonth.books - ofMonth.told : 0
  return { inMonth: inMonth + untoldOfMonth, left: received - inAll - untold, own: ofMonth?.books ?? 0 }
}

async function count(campaign: Campaign, change: 1 | -1): Promise<void> {
  await countBook(db, { campaignId: campaign.id, month: month() }, change)
  await showHanding()
  await sync()
}

const tabs: readonly ['handing' | 'boxes' | 'lost', IconName, Key][] = [
  ['handing', 'J', 'scanner.handing.tab'],
  ['boxes', 'L', 'scanner.boxes.tab'],
  ['lost', 'stop', 'scanner.lost.tab'],
]

export function Handing({ screen }: { screen: 'handing' | 'boxes' | 'lost' }) {
  const campaign = campaignNow()
  return (
    <div class="screen">
      <Bar hasSettings />
      <main class="page">
        <Notices />
        {handingTrouble.value && (
          <Notice isUrgent title={t('scanner.handing.trouble')}>
            {t('scanner.handing.trouble.next')}
          </Notice>
        )}
        {!campaign && <p class="empty">{t('scanner.handing.none')}</p>}
        {campaign && screen === 'handing' && <Counter campaign={campaign} />}
        {campaign && screen === 'boxes' && <Boxes />}
        {campaign && screen === 'lost' && <LostBook campaign={campaign} />}
      </main>
      <div class="dock with-tabs">
        {campaign && screen === 'handing' && (
          <button
            class="button plus"
            type="button"
            aria-disabled={figuresOf(campaign).left <= 0}
            onClick={() => figuresOf(campaign).left > 0 && void count(campaign, 1)}
          >
            <Icon name="plus" />
            {t('scanner.handing.plus')}
          </button>
        )}
        <nav class="tabs" aria-label={t('scanner.tabs')}>
          {tabs.map(([name, icon, says]) => (
            <button
              key={name}
              type="button"
              aria-current={screen === name ? 'page' : undefined}
              onClick={() => replaceScreen({ name })}
            >
              <Icon name={icon} />
              <span>{t(says)}</span>
            </button>
          ))}
        </nav>
      </div>
    </div>
  )
}

function Counter({ campaign }: { campaign: Campaign }) {
  const { inMonth, left, own } = figuresOf(campaign)
  return (
    <>
      <h1 class="visually-hidden">{t('scanner.handing.tab')}</h1>
      <div class="counter num" role="status">
        <span>{t('scanner.handing.month', { month: monthName(today()) })}</span>
        <b>{inMonth}</b>
      </div>
      <p class="counter-undo">
        {own > 0 && (
          <button class="text-button" type="button" onClick={() => void count(campaign, -1)}>
            {t('scanner.handing.minus', { count: inMonth - 1 })}
          </button>
        )}
      </p>
      <div class="facts num">
        <div>
          <b>{left}</b>
          {tCount('scanner.handing.left', left)}
        </div>
        <div>
          <b>{longDay(campaign.endsOn)}</b>
          {t('scanner.handing.until')}
        </div>
      </div>
      <p class="promise">
        <Icon name="G" />
        <span>{t('scanner.handing.promise')}</span>
      </p>
    </>
  )
}

function Boxes() {
  return (
    <>
      <h1 class="question">{t('scanner.boxes.tab')}</h1>
      <ul class="picks">
        {(handing.value?.campaigns ?? []).map((campaign) => {
          const isChosen = campaign.id === campaignNow()?.id
          const { left } = figuresOf(campaign)
          const covers = campaign.covers.map(({ firstCover, lastCover }) => `${firstCover} – ${lastCover}`).join(', ')
          return (
            <li key={campaign.id}>
              <button
                class="pick"
                type="button"
                aria-pressed={isChosen}
                onClick={() => {
                  chosen.value = campaign.id
                  replaceScreen({ name: 'handing' })
                }}
              >
                <span class="pick-icon">
                  <Icon name={isChosen ? 'tick' : 'L'} />
                </span>
                <span class="pick-text">
                  {campaign.name}
                  <small>{t('scanner.boxes.covers', { covers })}</small>
                  <small>{t('scanner.boxes.left', { left, received: campaign.received })}</small>
                </span>
                <Icon name="next" />
              </button>
            </li>
          )
        })}
      </ul>
    </>
  )
}
