import type { GenerationProgress } from '../../books/generation-progress.ts'
import type { PrintProgress } from '../../books/pdf/print-progress.ts'
import { daysToConfirm, isGenerated } from '../../books/print-run.ts'
import type { PrintRun } from '../../books/queries.ts'
import type { Campaign } from '../../campaigns/queries.ts'
import { addDays } from '../../shared/days.ts'
import { Track, type TrackStep } from '../components/lists.tsx'
import { counted } from '../components/sentences.tsx'
import { Notice, Tag } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'
import { CancelSection, FilesSection, LetterSection, PaperSection } from './print-run-sections.tsx'
import { printingHome, runTones } from './printing-page.tsx'

export type RunProps = PageProps & {
  run: PrintRun
  campaign: Campaign
  names: ReadonlyMap<string, string>
  boxes: readonly { number: number; firstCover: number; lastCover: number }[]
  generating: GenerationProgress | null
  printing: PrintProgress | null
  /** Its files can be made: the key is there, and nobody confirmed the receipt, or this is the demo. */
  hasFiles: boolean
  /** A coordinator may act; others read. */
  isCoordinator: boolean
}

/** One order, from its proof to its receipt: where it is, what comes next and by whom. */
export function PrintRunPage(props: RunProps) {
  const { t, formats, run, campaign } = props
  const title = t('printing.run', { ...counted(props, run.bookCount), campaign: campaign.name })
  const facts = (
    <>
      <Tag tone={runTones[run.state]}>{t(`print_run.${run.state}`)}</Tag>{' '}
      <span>
        <b>{formats.wholeEuros(run.bookCount * campaign.bookSize * campaign.faceValueCents)}</b>
      </span>
    </>
  )
  const crumbs = [{ href: printingHome, label: t('printing.title') }, { label: title }]
  return (
    <Layout {...props} title={title} audience="coordinator" facts={facts} crumbs={crumbs}>
      <div class="stack">
        <Track steps={stepsOf(props)} />
        <NextStep {...props} />
      </div>
      {props.hasFiles && <FilesSection {...props} />}
      <PaperSection {...props} />
      {run.state !== 'revoked' && <LetterSection {...props} />}
      {props.isCoordinator && run.state !== 'revoked' && run.state !== 'active' && <CancelSection {...props} />}
    </Layout>
  )
}

function stepsOf({ t, formats, run, names }: RunProps): TrackStep[] {
  const by = (personId: string | null, day: string | null) => {
    const name = personId === null ? '' : (names.get(personId) ?? '')
    return day ? t('printing.by', { name, day: formats.day(day) }) : name
  }
  const isApproved = run.proofApprovedBy !== null
  const isMade = run.generatedOn !== null
  const isReceived = run.receiptConfirmedOn !== null
  const state = (isDone: boolean, isNext: boolean) => (isDone ? 'done' : isNext ? 'current' : 'later')
  return [
    { title: t('printing.step.order'), says: by(run.requestedBy, run.requestedOn), state: 'done' },
    { title: t('printing.step.proof'), says: by(run.proofApprovedBy, null), state: state(isApproved, true) },
    { title: t('printing.step.codes'), says: by(run.approvedBy, run.generatedOn), state: state(isMade, isApproved) },
    { title: t('printing.step.print'), state: state(isReceived, isMade) },
    {
      title: t('printing.step.receipt'),
      says: isReceived ? by(run.requestedBy, run.receiptConfirmedOn) : '',
      state: state(isReceived, false),
    },
  ]
}

const Post = ({ action, label, isMain }: { action: string; label: string; isMain?: boolean }) => (
  <form method="post" action={action} class="no-print">
    <button class={isMain ? 'button button-main' : 'button'} type="submit">
      {label}
    </button>
  </form>
)

/** What comes next, and the button of who may do it. */
function NextStep(props: RunProps) {
  const { t, run, isDemo } = props
  if (props.generating) return <Making {...props} generating={props.generating} />
  if (run.state === 'revoked')
    return (
      <Notice title={t('printing.revoked')} tone="stop">
        {t('printing.revoked.says')}
      </Notice>
    )
  if (run.state === 'requested')
    return (
      <Notice title={t('printing.wait.proof')} tone="wait">
        {t('printing.wait.proof.says')}
      </Notice>
    )
  if (!isGenerated(run.state)) return <MakeCodes {...props} />
  if (!run.receiptConfirmedOn) return <ConfirmReceipt {...props} />
  const says = isDemo ? 'printing.received.demo' : 'printing.received.says'
  const action = (
    <a class="button" href="/colis?etat=printed">
      {t('waiting.box_to_send')}
    </a>
  )
  return (
    <Notice title={t('printing.received')} tone="good" action={run.state !== 'active' && action}>
      {t(says)}
    </Notice>
  )
}

function MakeCodes({ t, formats, run, campaign, person, isCoordinator }: RunProps) {
  const isMine = run.requestedBy === person?.personId
  const action = isCoordinator && !isMine && (
    <Post action={`${printingHome}/${run.id}/codes`} label={t('printing.make_codes')} isMain />
  )
  const vouchers = formats.number(run.bookCount * campaign.bookSize)
  return (
    <Notice title={t('printing.wait.codes')} tone="wait" action={action}>
      {isMine ? t('printing.wait.codes.you') : t('printing.wait.codes.says', { vouchers })}
    </Notice>
  )
}

function Making({ t, formats, run, generating, isCoordinator }: RunProps & { generating: GenerationProgress }) {
  const { doneVouchers, totalVouchers } = generating
  const says = t('printing.making', { done: formats.number(doneVouchers), total: formats.number(totalVouchers) })
  return (
    <Notice
      title={says}
      role="status"
      action={isCoordinator && <Post action={`${printingHome}/${run.id}/arret`} label={t('printing.stop')} />}
    >
      <p>{t('printing.making.says')}</p>
      <progress value={doneVouchers} max={totalVouchers} aria-label={says} />
    </Notice>
  )
}

function ConfirmReceipt({ t, formats, run, person }: RunProps) {
  const isMine = run.requestedBy === person?.personId
  const until = formats.day(addDays(run.generatedOn ?? run.requestedOn, daysToConfirm))
  const action = isMine && <Post action={`${printingHome}/${run.id}/accuse`} label={t('printing.confirm')} />
  return (
    <Notice title={t('printing.wait.receipt')} tone="wait" action={action}>
      <p>{t('printing.wait.receipt.says', { day: until })}</p>
      {!isMine && <p>{t('printing.wait.receipt.other')}</p>}
    </Notice>
  )
}
