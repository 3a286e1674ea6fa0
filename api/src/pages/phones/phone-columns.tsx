import type { PhoneRow } from '../../devices/phone-list-queries.ts'
import { type PhoneState, phoneStateOf } from '../../devices/phone-state.ts'
import type { Day } from '../../shared/days.ts'
import type { Column } from '../components/data-table.tsx'
import { Tag, type Tone } from '../components/states.tsx'
import type { PageProps } from '../page-props.tsx'

const tones: Record<PhoneState, Tone> = {
  revoked: 'stop',
  expired: 'stop',
  silent: 'hold',
  owes: 'run',
  expiring: 'hold',
  up_to_date: 'done',
}

type ColumnsProps = Pick<PageProps, 't' | 'formats'> & {
  today: Day
  /** Where phones are cut and linked again: `/lieu/telephones`. */
  base: string
  mayAct: boolean
  /** Whose phone each is, when they are of several. */
  hasOwners: boolean
}

/** What a phone is, when it was heard of, what it owes, and what to do. */
export function phoneColumns({ t, formats, today, base, mayAct, hasOwners }: ColumnsProps): Column<PhoneRow>[] {
  return [
    { key: 'phone', label: t('venue.phone'), sortBy: ({ label }) => label, cell: ({ label }) => label },
    ...(hasOwners
      ? [
          {
            key: 'owner',
            label: t('phones.owner'),
            sortBy: ({ owner }: PhoneRow) => owner,
            cell: ({ owner, isPrescribers }: PhoneRow) =>
              isPrescribers ? [owner, <small>{t('role.prescriber')}</small>] : owner,
          },
        ]
      : []),
    {
      key: 'venue',
      label: t('venue.phone.venue'),
      cell: ({ venue, isPrescribers }) => venue ?? t(isPrescribers ? 'phones.hands_out' : 'venue.phone.any'),
    },
    {
      key: 'seen',
      label: t('venue.phone.seen'),
      sortBy: ({ lastSeenOn }) => lastSeenOn,
      cell: ({ lastSeenOn }) => formats.day(lastSeenOn),
    },
    {
      key: 'pending',
      label: t('venue.phone.pending'),
      isNumber: true,
      sortBy: ({ pending }) => pending,
      cell: ({ pending }) => formats.number(pending),
    },
    {
      key: 'state',
      label: t('venue.phone.state'),
      sortBy: (row) => phoneStateOf(row, today),
      cell: (row) => {
        const state = phoneStateOf(row, today)
        const says = t(`phones.state.${state}`)
        const isDated = state === 'expiring' || state === 'expired'
        return [
          <Tag tone={tones[state]}>{says}</Tag>,
          isDated && <small>{t(`phones.${state}.on`, { day: formats.day(row.expiresOn) })}</small>,
        ]
      },
    },
    ...(mayAct ? [{ key: 'act', label: t('venue.phone.act'), cell: (row: PhoneRow) => actOf(row) }] : []),
  ]

  function actOf(row: PhoneRow) {
    const { id, label, venueId } = row
    const state = phoneStateOf(row, today)
    if (state === 'revoked' || state === 'expired')
      return hasOwners ? null : (
        <form method="post" action={base} class="no-print">
          <input type="hidden" name="venue" value={venueId ?? ''} />
          <button class="link" type="submit" aria-label={t('phones.again.of', { label })}>
            {t('phones.again')}
          </button>
        </form>
      )
    return (
      <a class="no-print" href={`${base}/${id}/retrait`} aria-label={t('venue.cut.of', { label })}>
        {t('venue.cut')}
      </a>
    )
  }
}
