import type { Context as HonoContext } from 'hono'
import { requireFreshProof } from '../../accounts/proof.ts'
import type { AppEnv } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { createRouter } from '../../shared/http.ts'
import { listDocumented } from '../../venues/bank-document-queries.ts'
import { listBankAccounts } from '../../venues/payee-queries.ts'
import { submitBankAccount } from '../../venues/submit-bank-account.ts'
import { emptyForm, type FormState } from '../components/form.tsx'
import { refusedForm, valuesOf } from '../components/form-state.ts'
import type { PageParts } from '../page-parts.ts'
import { draw, propsOf } from '../page-props.tsx'
import { BankPage } from './bank-page.tsx'
import { ownOrganisation } from './own-organisation.ts'

const fieldOf: Record<string, string> = { iban_invalid: 'iban', bic_invalid: 'bic', bic_of_another_country: 'bic' }

/** A form without a file sends an empty one: it is refused as what it is. */
const documentOf = async (file: unknown): Promise<Uint8Array> =>
  file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array()

/** Giving a bank account. Who they are is asked before the page, so that nobody types an IBAN for nothing. */
export function createBankRoutes({ mode }: PageParts) {
  const show = async (c: HonoContext<AppEnv>, form: FormState) => {
    requireFreshProof(c.var.context)
    const organisation = await ownOrganisation(c)
    const accounts = await listBankAccounts(c.var.context.db, organisation.id)
    const documented = await listDocumented(
      c.var.context.db,
      accounts.map(({ id }) => id),
    )
    const props = {
      ...propsOf(c, mode),
      organisation,
      accounts,
      documented,
      form,
      isSent: c.req.query('fait') === 'envoi',
    }
    return draw(c, <BankPage {...props} />, form === emptyForm ? 200 : 422)
  }
  return createRouter()
    .get('/lieu/compte-bancaire', (c) => show(c, emptyForm))
    .post('/lieu/compte-bancaire/envoi', async (c) => {
      const { id } = await ownOrganisation(c)
      const body = await c.req.parseBody()
      const values = valuesOf(body)
      const { iban = '', bic = '', holderName = '' } = values
      try {
        if (holderName.length < 2)
          throw new AppError('invalid', 'structure_name_missing', 'holderName: a name', { field: 'holderName' })
        const document = await documentOf(body.document)
        await submitBankAccount(c.var.context, id, { iban, bic, holderName: holderName.slice(0, 70), document })
      } catch (error) {
        if (!(error instanceof AppError) || error.kind !== 'invalid') throw error
        return show(
          c,
          refusedForm(values, error, { locale: propsOf(c, mode).locale, other: fieldOf[error.code] ?? 'iban' }),
        )
      }
      return c.redirect('/lieu/compte-bancaire?fait=envoi', 303)
    })
}
