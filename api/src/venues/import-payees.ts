import { randomUUID } from 'node:crypto'
import type { Transaction } from '@carnet/db'
import type { Day } from '../shared/days.ts'
import { insertOrganisations, listPayees } from './import-queries.ts'
import type { Payee } from './venue-import.ts'

const keyOf = (payee: Payee): string | undefined => {
  if (payee.kind === 'by_siret') return payee.siret
  return payee.kind === 'by_name' ? `name ${payee.legalName}` : undefined
}

/** Who runs the venues of a file, looked up or made a batch at a time; one organisation for one SIRET, however often it comes. */
export function createPayees(tx: Transaction, { today, isDry }: { today: Day; isDry: boolean }) {
  const known = new Map<string, string>()
  let made = 0

  async function lookUp(payees: readonly Payee[]): Promise<void> {
    const sirets = payees.flatMap((payee) => (payee.kind === 'by_siret' ? [payee.siret] : []))
    const names = payees.flatMap((payee) => (payee.kind === 'by_name' ? [payee.legalName] : []))
    for (const { id, siret, legalName } of await listPayees(tx, { sirets, names })) {
      const key = siret ?? `name ${legalName}`
      if (!known.has(key)) known.set(key, id)
    }
  }

  return {
    made: () => made,
    /** The organisation of each, in their order. */
    async resolve(payees: readonly Payee[]): Promise<string[]> {
      await lookUp(payees)
      const news: { id: string; legalName: string; siret: string | null; createdOn: Day }[] = []
      const ids = payees.map((payee) => {
        if (payee.kind === 'known') return payee.organisationId
        const key = keyOf(payee)
        const id = (key && known.get(key)) ?? randomUUID()
        if (!key || !known.has(key)) {
          const siret = payee.kind === 'by_siret' ? payee.siret : null
          news.push({ id, legalName: payee.legalName, siret, createdOn: today })
        }
        if (key) known.set(key, id)
        return id
      })
      made += news.length
      if (!isDry) await insertOrganisations(tx, news)
      return ids
    },
  }
}
