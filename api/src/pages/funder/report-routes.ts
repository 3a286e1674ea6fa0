import type { Context as HonoContext } from 'hono'
import type { AppEnv } from '../../shared/context.ts'
import { createRouter } from '../../shared/http.ts'
import { workbookType } from '../../shared/workbook.ts'
import { type Mode, propsOf } from '../page-props.tsx'
import { readCampaignFacts } from './campaign-facts.ts'
import { makeReportPdf, makeReportWorkbook } from './report-files.ts'

type Env = HonoContext<AppEnv>

/** The report of a campaign as files. The folder's guard has let the caller in; the use cases decide whose campaign it is. */
export function createReportRoutes(mode: Mode) {
  const read = async (c: Env) => {
    const facts = await readCampaignFacts(c.var.context, c.req.param('id') ?? '', c.req.query('au'))
    return { ...propsOf(c, mode), facts }
  }
  const headers = (type: string, name: string) => ({
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'private, no-store',
  })
  return createRouter()
    .get('/financeur/campagnes/:id/rapport.pdf', async (c) => {
      const props = await read(c)
      const pdf = await makeReportPdf(props)
      return c.body(pdf as Uint8Array<ArrayBuffer>, 200, headers('application/pdf', `${props.facts.on}-rapport.pdf`))
    })
    .get('/financeur/campagnes/:id/rapport.xlsx', async (c) => {
      const props = await read(c)
      return c.body(makeReportWorkbook(props), 200, headers(workbookType, `${props.facts.on}-rapport.xlsx`))
    })
}
