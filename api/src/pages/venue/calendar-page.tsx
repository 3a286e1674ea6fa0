import { payoutDayOf } from '../../calendar/calendar.ts'
import { freezingOf } from '../../payouts/warn-of-payment.ts'
import { addDays, addMonths, type Day, type Month, monthOf } from '../../shared/days.ts'
import { Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import { Layout } from '../layout.tsx'
import type { PageProps } from '../page-props.tsx'

export type PayoutDate = { month: Month; freezesOn: Day; paidOn: Day }
const monthsShown = 12

/** Of the month before this one and the eleven after: when each statement is fixed, and when it is paid. */
export const payoutDates = (today: Day): PayoutDate[] =>
  Array.from({ length: monthsShown }, (_, at) => {
    const month = addMonths(monthOf(today), at - 1)
    return { month, freezesOn: freezingOf(month), paidOn: payoutDayOf(month) }
  }).filter(({ paidOn }) => paidOn >= today)

export const calendarPath = '/lieu/calendrier'

/** When venues are paid, for a year: nothing has to be asked for. */
export function CalendarPage({
  dates,
  organisation,
  ...page
}: PageProps & { dates: readonly PayoutDate[]; organisation: string }) {
  const { t, formats } = page
  return (
    <Layout
      {...page}
      title={t('payout_calendar.title')}
      audience="venue"
      tenant={organisation}
      lede={t('payout_calendar.lede')}
      crumbs={[{ href: '/lieu', label: t('nav.venue') }, { label: t('payout_calendar.title') }]}
      tools={
        <a class="button" href={`${calendarPath}.ics`}>
          {t('payout_calendar.ics')}
        </a>
      }
    >
      <Section title={t('payout_calendar.dates')} says={t('payout_calendar.says')}>
        <Table
          rows={dates}
          columns={[
            { key: 'month', label: t('payout_calendar.month'), cell: ({ month }) => formats.month(month) },
            {
              key: 'freezes',
              label: t('payout_calendar.freezes'),
              cell: ({ freezesOn }) => formats.weekdayAndDay(freezesOn),
            },
            {
              key: 'paid',
              label: t('payout_calendar.paid'),
              cell: ({ paidOn }) => <b>{formats.weekdayAndDay(paidOn)}</b>,
            },
          ]}
        />
      </Section>
    </Layout>
  )
}

/** The same days for a calendar program: no amount, so that the file may be shared. */
export function calendarFile(dates: readonly PayoutDate[], { t, formats }: Pick<PageProps, 't' | 'formats'>): string {
  const compact = (day: Day) => day.replaceAll('-', '')
  const events = dates.flatMap(({ month, paidOn }) => [
    'BEGIN:VEVENT',
    `UID:versement-${month.slice(0, 7)}@carnet`,
    `DTSTAMP:${compact(month)}T000000Z`,
    `DTSTART;VALUE=DATE:${compact(paidOn)}`,
    `DTEND;VALUE=DATE:${compact(addDays(paidOn, 1))}`,
    `SUMMARY:${t('payout_calendar.event', { of_month: formats.ofMonth(month) }).replace(/([,;\\])/g, '\\$1')}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ])
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Carnet//versements//FR', ...events, 'END:VCALENDAR', ''].join(
    '\r\n',
  )
}
