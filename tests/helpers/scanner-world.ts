import { listen } from '@carnet/api/serve.ts'
import { afterwards } from './afterwards.ts'
import { freePort } from './command.ts'
import { watchWhatIsLeft } from './left-behind.ts'
import { roughNetwork } from './rough-network.ts'
import { givenScanApp } from './scan-app.ts'

export type ScannerWorld = Awaited<ReturnType<typeof givenScannerWorld>>

/** The scan world behind a real port, with services that have a title, and the same hour for the phones as for the server. */
export async function givenScannerWorld() {
  const port = await freePort()
  // Phones come through it, so that a test can turn the weather.
  const network = await roughNetwork(port)
  const address = `http://localhost:${network.port}`
  const world = await givenScanApp({ vouchers: 60, publicUrl: address })
  await watchWhatIsLeft(world)
  const [version] = await world.sql<{ id: string }[]>`select id from catalogue_versions`
  const titles = ['Découvrir la souris et le clavier', 'Déclarer ses impôts en ligne', 'Envoyer un courriel']
  await world.sql`insert into catalogue_themes (version_id, code, title) values (${version!.id}, 'A', 'Premiers pas')`
  for (const [at, title] of titles.entries())
    await world.sql`update catalogue_services set title = ${title}, description = 'Pas à pas, à son rythme.'
      where version_id = ${version!.id} and code = ${`A0${at + 1}`}`
  // Without one no day of payment is promised.
  await world.sql`insert into bank_accounts (organisation_id, iban, bic, holder_name, state, submitted_at, valid_from)
    select id, 'FR7630006000011234567890189', 'AGRIFRPP', legal_name, 'verified', ${world.clock.now}, '2026-01-01' from organisations`
  const close = await listen(world.app.fetch, port)
  afterwards(close)
  return {
    ...world,
    address,
    network,
    async linkFor(venueId = world.venues[0]!.id): Promise<string> {
      return `${address}/scanner/#token=${await world.enrolmentToken({ venueId })}`
    },
  }
}
