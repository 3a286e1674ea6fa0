/** The workshop is over: what was accepted, what still waits, what was refused; printed or sent without a name or a code. */
import { useSignal } from '@preact/signals'
import { Bar, Tabs } from '../parts/frame.tsx'
import { Icon, type IconName } from '../parts/icons.tsx'
import { Line } from '../parts/line.tsx'
import { Mark } from '../parts/mark.tsx'
import { paidText } from '../parts/paid.ts'
import { counted, totalOf } from '../parts/total.ts'
import { isLive, isPending, type KeptScan, type Workshop } from '../queue/scan.ts'
import { euros, fullDay, ranks, t, tCount } from '../say.ts'
import { chooseService } from '../scan-voucher.ts'
import { go } from '../screen.ts'
import type { Silhouette } from '../shown.ts'
import { bundle, outbox, scans, workshopId, workshops } from '../state.ts'
import { sync } from '../sync.ts'
import { titleOf } from './services.tsx'

const ofWorkshop = (id: string) => scans.value.filter((scan) => scan.workshopId === id)

export function Ticket({ workshop, own: all }: { workshop: Workshop; own: readonly KeptScan[] }) {
  const own = counted(all)
  const accepted = own.filter(({ state, isChanging }) => state === 'accepted' && !isChanging)
  const waiting = own.filter((scan) => isPending(scan) && !scan.isChanging)
  const refused = own.filter(({ state, answer }) => state === 'refused' && !answer.usedHere)
  const total = totalOf(own)
  const place = bundle.value?.content.venues.find(({ id }) => id === workshop.venueId)?.name
  const sum = (some: readonly KeptScan[]) => euros(totalOf(some).euros)
  return (
    <div class="ticket-shell">
      <section class="ticket">
        <p class="soft">
          {fullDay(workshop.day)}
          <br />
          {place}
        </p>
        <h2 class="ticket-title">{titleOf(own[0]?.service ?? workshop.service)}</h2>
        <div class="grand num">
          <p>
            <b>{total.count}</b>
            <span>{t(total.count === 1 ? 'scanner.receipt.session' : 'scanner.receipt.sessions')}</span>
          </p>
          <p>
            <b>{euros(total.euros)}</b>
            <span>
              {total.pendingEuros > 0 && t('scanner.workshop.to_confirm', { amount: euros(total.pendingEuros) })}
            </span>
          </p>
        </div>
        <dl class="num">
          {accepted.length > 0 && (
            <Row silhouette="accepted" amount={sum(accepted)} next={paidText(accepted)}>
              {tCount('scanner.receipt.accepted', accepted.length)}
            </Row>
          )}
          {waiting.length > 0 && (
            <Row
              silhouette="kept"
              amount={sum(waiting)}
              next={tCount('scanner.receipt.kept.next', waiting.length, {
                ranks: ranks(waiting.map(({ rank }) => rank)),
              })}
            >
              {t('scanner.receipt.kept', { count: waiting.length })}
            </Row>
          )}
          {refused.length > 0 && (
            <Row silhouette="refused" amount={euros(0)} next={t('scanner.receipt.refused.next')}>
              {tCount('scanner.receipt.refused', refused.length)}
            </Row>
          )}
        </dl>
      </section>
    </div>
  )
}

function Row({
  silhouette,
  amount,
  next,
  children,
}: {
  silhouette: Silhouette
  amount: string
  next: string
  children: string
}) {
  return (
    <div>
      <dt>
        <Mark silhouette={silhouette} />
        <span>
          {children}
          <small>{next}</small>
        </span>
      </dt>
      <dd>{amount}</dd>
    </div>
  )
}

export function Receipt({ workshopId: id }: { workshopId: string }) {
  const areLinesShown = useSignal(false)
  const isChoosing = useSignal(false)
  const corrected = useSignal<string | null>(null)
  const workshop = workshops.value.find((one) => one.id === id)
  const own = ofWorkshop(id)
  if (!workshop) return null
  const undone = own.filter(({ state }) => state === 'undone').length
  const live = totalOf(own).count
  const begin = async () => {
    await outbox.openWorkshop({ ...workshop, endedAt: Date.now() })
    workshopId.value = null
    go({ name: 'services' })
  }
  return (
    <div class="screen">
      <Bar title={t('scanner.receipt.title')} hasBack isHeading />
      <main class="page">
        <Ticket workshop={workshop} own={own} />
        <ul class="picks no-print" style="margin-top:1rem">
          <Choice
            icon="list"
            title={t('scanner.receipt.lines')}
            says={undone > 0 ? tCount('scanner.receipt.undone', undone) : ''}
            isOpen={areLinesShown.value}
            onPick={() => {
              areLinesShown.value = !areLinesShown.value
            }}
          />
          {live > 0 && (
            <Choice
              icon="undo"
              title={t('scanner.receipt.correct')}
              says={tCount('scanner.receipt.correct.next', live)}
              isOpen={isChoosing.value}
              onPick={() => {
                isChoosing.value = !isChoosing.value
              }}
            />
          )}
          <Choice
            icon="share"
            title={t('scanner.receipt.print')}
            says={t('scanner.receipt.print.next')}
            onPick={() => print()}
          />
        </ul>
        {isChoosing.value && (
          <Correction
            own={own}
            workshop={workshop}
            onDone={(service) => {
              corrected.value = service
              isChoosing.value = false
            }}
          />
        )}
        <p class="soft no-print receipt-news" role="status">
          {corrected.value && outcomeOf(own, corrected.value)}
        </p>
        {areLinesShown.value && (
          <ol class="workshop-lines no-print" reversed style="margin-top:1rem">
            {[...own].reverse().map((scan) => (
              <Line key={scan.scanId} scan={scan} workshop={own} />
            ))}
          </ol>
        )}
      </main>
      <div class="dock with-tabs">
        <button class="button" type="button" onClick={() => void begin()}>
          {t('scanner.receipt.again')}
        </button>
        <Tabs />
      </div>
    </div>
  )
}

type ChoiceProps = { icon: IconName; title: string; says: string; isOpen?: boolean; onPick: () => void }

const Choice = ({ icon, title, says, isOpen, onPick }: ChoiceProps) => (
  <li>
    <button class="pick" type="button" aria-expanded={isOpen} onClick={onPick}>
      <span class="pick-icon">
        <Icon name={icon} />
      </span>
      <span class="pick-text">
        {title}
        <small>{says}</small>
      </span>
      <Icon name="next" />
    </button>
  </li>
)

/** What became of a correction: it waits, it is done, or the server kept the former service of some. */
function outcomeOf(own: readonly KeptScan[], service: string): string {
  if (own.some(({ isChanging }) => isChanging)) return t('scanner.receipt.correcting')
  const left = own.filter((scan) => isLive(scan) && scan.service !== service).length
  return left > 0
    ? tCount('scanner.receipt.not_corrected', left)
    : t('scanner.receipt.corrected', { title: titleOf(service) })
}

/** In place: the server keeps the vouchers spent and changes what they paid for. */
type CorrectionProps = { own: readonly KeptScan[]; workshop: Workshop; onDone: (service: string) => void }

function Correction({ own, workshop, onDone }: CorrectionProps) {
  const services = bundle.value?.content.venues.find(({ id }) => id === workshop.venueId)?.services ?? []
  const chosen = useSignal('')
  const correct = async () => {
    const service = chosen.value
    if (!service) return
    await outbox.correct(
      own.map(({ scanId }) => scanId),
      service,
    )
    await outbox.openWorkshop({ ...workshop, service })
    chooseService(service)
    onDone(service)
    await sync(true)
  }
  return (
    <form
      class="stack no-print"
      style="margin-top:1rem"
      onSubmit={(event) => {
        event.preventDefault()
        void correct()
      }}
    >
      <label class="field">
        {t('scanner.change_service')}
        <select
          value={chosen.value}
          onChange={(event) => {
            chosen.value = event.currentTarget.value
          }}
        >
          <option value="" />
          {services.map(({ code, title }) => (
            <option key={code} value={code}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <button class="button" type="submit" aria-disabled={chosen.value === ''}>
        {t('scanner.receipt.correct.do')}
      </button>
    </form>
  )
}
