import { type AuditSearch, listAuditActions, listAuditEntries } from '../../accounts/audit-queries.ts'
import { requireRole } from '../../shared/context.ts'
import { createRouter, DayText } from '../../shared/http.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { JournalPage } from './journal-page.tsx'

const perPage = 40

/** What is not a day or a number counts as not given: an address that was mistyped still shows the page. */
function readSearch(asked: (name: string) => string | undefined): {
  search: AuditSearch
  beforeSeq: number | undefined
} {
  const text = (name: string) => asked(name)?.trim().replaceAll('\0', '').slice(0, 200) || undefined
  const day = (name: string) => DayText.safeParse(asked(name)).data
  const before = asked('avant') ?? ''
  return {
    search: { action: text('acte'), person: text('personne'), from: day('du'), to: day('au'), q: text('q') },
    beforeSeq: /^[1-9]\d{0,14}$/.test(before) ? Number(before) : undefined,
  }
}

/** The audit log on screen; its files are those of the API. */
export const createJournalRoutes = ({ mode }: PageParts) =>
  createRouter().get('/coordination/journal', async (c) => {
    const { actor, db } = c.var.context
    requireRole(actor, 'coordinator', 'auditor')
    const { search, beforeSeq } = readSearch((name) => c.req.query(name))
    const found = await listAuditEntries(db, { beforeSeq, limit: perPage + 1, search })
    const facts = { search, actions: await listAuditActions(db), entries: found.slice(0, perPage) }
    return draw(c, <JournalPage {...propsOf(c, mode)} {...facts} hasOlder={found.length > perPage} />)
  })
