/** Today's workshops, and what waits for someone: a line leaves by an answer or by a person. */
import { Bar, Notices, Tabs } from '../parts/frame.tsx'
import { Icon } from '../parts/icons.tsx'
import { Line } from '../parts/line.tsx'
import { Mark } from '../parts/mark.tsx'
import { totalOf } from '../parts/total.ts'
import { isMemorySafe } from '../phone/browser.ts'
import { howMended } from '../queue/mending.ts'
import { type KeptScan, mayContest } from '../queue/scan.ts'
import { euros, type Key, shortDay, t } from '../say.ts'
import { go } from '../screen.ts'
import { silhouetteOf, stateOf } from '../shown.ts'
import { contested, outbox, pending, refused, scans, today, workshopId, workshops } from '../state.ts'
import { sync } from '../sync.ts'
import { Contested } from './contest.tsx'
import { pick, titleOf } from './services.tsx'

function Empty({ title, next }: { title: string; next: string }) {
  return (
    <div class="empty">
      <Icon name="tray" />
      <b>{title}</b>
      <p>{next}</p>
    </div>
  )
}

export function Today() {
  const groups = workshops.value
    .filter(({ day, id }) => day === today() && scans.value.some((scan) => scan.workshopId === id))
    .sort((a, b) => b.startedAt - a.startedAt)
  return (
    <div class="screen">
      <Bar />
      <main class="page">
        <Notices />
        <h1 class="question">{t('scanner.today.title')}</h1>
        {groups.length === 0 && <Empty title={t('scanner.today.none')} next={t('scanner.today.none.next')} />}
        {groups.map((group) => {
          const { id, service } = group
          const own = scans.value.filter((scan) => scan.workshopId === id)
          const total = totalOf(own)
          const resume = async () => {
            await outbox.openWorkshop({ ...group, endedAt: null })
            workshopId.value = id
            pick(service)
          }
          return (
            <section key={id} style="margin-bottom:1.5rem">
              <h2 class="group-title">
                <span>{titleOf(own[0]?.service ?? service)}</span>
                <span class="num">{euros(total.euros)}</span>
              </h2>
              <ol class="workshop-lines" reversed>
                {[...own].reverse().map((scan) => (
                  <Line key={scan.scanId} scan={scan} workshop={own} />
                ))}
              </ol>
              <div class="row" style="margin-top:.5rem">
                <button class="button small" type="button" onClick={() => void resume()}>
                  {t('scanner.receipt.go_on')}
                </button>
                <button
                  class="button small second"
                  type="button"
                  onClick={() => go({ name: 'receipt', workshopId: id })}
                >
                  {t('scanner.workshop.finish')}
                </button>
              </div>
            </section>
          )
        })}
      </main>
      <div class="dock with-tabs">
        <Tabs />
      </div>
    </div>
  )
}

export function Todo() {
  const isEmpty = refused.value.length + contested.value.length + pending.value.length === 0
  return (
    <div class="screen">
      <Bar />
      <main class="page">
        <h1 class="question">{t('scanner.todo.title')}</h1>
        <Notices always />
        {isEmpty && <Empty title={t('scanner.todo.none')} next={t('scanner.todo.none.next')} />}
        {refused.value.length > 0 && (
          <>
            <Heading says="scanner.todo.refused" count={refused.value.length} />
            <ul>
              {refused.value.map((scan) => (
                <li key={scan.scanId}>
                  <Refused scan={scan} />
                </li>
              ))}
            </ul>
          </>
        )}
        {contested.value.length > 0 && (
          <>
            <Heading says="scanner.todo.contested" count={contested.value.length} />
            <ul>
              {contested.value.map((scan) => (
                <li key={scan.scanId}>
                  <Contested scan={scan} />
                </li>
              ))}
            </ul>
          </>
        )}
        {pending.value.length > 0 && (
          <>
            <Heading says="scanner.todo.waiting" count={pending.value.length} />
            <ul>
              {pending.value.map((scan) => (
                <li key={scan.scanId}>
                  <Waiting scan={scan} />
                </li>
              ))}
            </ul>
            {!isMemorySafe.value && <p class="soft todo-foot">{t('scanner.memory.unsafe')}</p>}
            <p class="row" style="margin-top:1rem">
              <button class="button small" type="button" onClick={() => void sync(true)}>
                {t('scanner.todo.send')}
              </button>
            </p>
          </>
        )}
        {!isEmpty && <p class="soft todo-foot">{t('scanner.todo.foot')}</p>}
      </main>
      <div class="dock with-tabs">
        <Tabs />
      </div>
    </div>
  )
}

const Heading = ({ says, count }: { says: Key; count: number }) => (
  <h2 class="group-title">
    <span>{t(says)}</span>
    <span class="num">{count}</span>
  </h2>
)

const whereIs = ({ rank, day }: KeptScan) => t('scanner.todo.where', { rank, day: shortDay(day) })

function Refused({ scan }: { scan: KeptScan }) {
  const silhouette = silhouetteOf(scan)
  const reason = scan.answer.reason ?? 'unknown_voucher'
  return (
    <div class="todo" data-state={stateOf(silhouette)}>
      <Mark silhouette={silhouette} />
      <div class="line-text">
        <b>{t(`refusal.${reason}` as Key)}</b>
        <p>{t(`refusal.${reason}.next` as Key)}</p>
        <small>{whereIs(scan)}</small>
      </div>
      <div class="row">
        {howMended(reason) === 'service' && (
          <button class="button small" type="button" onClick={() => go({ name: 'services' })}>
            {t('scanner.change_service')}
          </button>
        )}
        {howMended(reason) === 'time' && (
          <button class="button small" type="button" onClick={() => pick(scan.service)}>
            {t('scanner.todo.rescan')}
          </button>
        )}
        {mayContest(scan) && (
          <button
            class="button small second"
            type="button"
            aria-label={t('scanner.contest.label', { rank: scan.rank })}
            onClick={() => go({ name: 'contest', scanId: scan.scanId })}
          >
            {t('scanner.contest.short')}
          </button>
        )}
        <button
          class="button small second"
          type="button"
          aria-label={t('scanner.todo.file.label', { rank: scan.rank })}
          onClick={() => void outbox.file(scan.scanId)}
        >
          {t('scanner.todo.file')}
        </button>
      </div>
    </div>
  )
}

function Waiting({ scan }: { scan: KeptScan }) {
  const silhouette = silhouetteOf(scan)
  return (
    <div class="todo" data-state={stateOf(silhouette)}>
      <Mark silhouette={silhouette} />
      <div class="line-text">
        <b>{t('scanner.todo.not_sent')}</b>
        <p>{t(scan.troubleAt === null ? 'scanner.todo.not_sent.next' : 'scanner.todo.trouble')}</p>
        <small>{whereIs(scan)}</small>
      </div>
    </div>
  )
}
