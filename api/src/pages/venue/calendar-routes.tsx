import { createRouter } from '../../shared/http.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { CalendarPage, calendarFile, calendarPath, payoutDates } from './calendar-page.tsx'
import { ownOrganisation } from './own-organisation.ts'

/** When a venue is paid: on a page, and for a calendar program. */
export const createCalendarRoutes = ({ mode }: PageParts) =>
  createRouter()
    .get(calendarPath, async (c) => {
      const { legalName } = await ownOrganisation(c)
      const dates = payoutDates(c.var.context.today())
      return draw(c, <CalendarPage {...propsOf(c, mode)} dates={dates} organisation={legalName} />)
    })
    .get(`${calendarPath}.ics`, (c) =>
      c.body(calendarFile(payoutDates(c.var.context.today()), propsOf(c, mode)), 200, {
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': 'attachment; filename="versements.ics"',
      }),
    )
