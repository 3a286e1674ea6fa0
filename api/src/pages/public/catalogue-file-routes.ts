import { readCatalogue } from '../../catalogue/read-catalogue.ts'
import { writeCatalogueCsv, writeCatalogueJson, writeCatalogueXlsx } from '../../catalogue/write-catalogue.ts'
import { createRouter } from '../../shared/http.ts'
import { workbookType } from '../../shared/workbook.ts'
import { licence } from '../../statistics/read-releases.ts'
import { type Mode, propsOf } from '../page-props.tsx'
import { makeCataloguePdf } from './catalogue-pdf.ts'

const headers = (type: string, way: 'inline' | 'attachment', name: string) => ({
  'content-type': type,
  'content-disposition': `${way}; filename="${name}"`,
  link: `<${licence.url}>; rel="license"`,
})

/** The catalogue in force, for paper and for other programs. */
export const createCatalogueFileRoutes = (mode: Mode) =>
  createRouter()
    .get('/catalogue.pdf', async (c) => {
      const { t, formats, locale } = propsOf(c, mode)
      const catalogue = await readCatalogue(c.var.context)
      const pdf = await makeCataloguePdf({ t, formats, locale, catalogue })
      const name = `referentiel-de-services-v${catalogue.version.number}.pdf`
      return c.body(pdf as Uint8Array<ArrayBuffer>, 200, headers('application/pdf', 'inline', name))
    })
    .get('/catalogue.csv', async (c) => {
      const catalogue = await readCatalogue(c.var.context)
      const name = `referentiel-de-services-v${catalogue.version.number}.csv`
      return c.body(writeCatalogueCsv(catalogue), 200, headers('text/csv; charset=utf-8', 'attachment', name))
    })
    .get('/catalogue.xlsx', async (c) => {
      const catalogue = await readCatalogue(c.var.context)
      const name = `referentiel-de-services-v${catalogue.version.number}.xlsx`
      return c.body(writeCatalogueXlsx(catalogue), 200, headers(workbookType, 'attachment', name))
    })
    .get('/catalogue.json', async (c) => {
      const catalogue = await readCatalogue(c.var.context)
      const name = `referentiel-de-services-v${catalogue.version.number}.json`
      return c.body(writeCatalogueJson(catalogue, licence), 200, headers('application/json', 'attachment', name))
    })
