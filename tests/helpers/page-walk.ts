import { createHash, randomUUID } from 'node:crypto'
import type { App } from '@carnet/api/app.ts'
import { datasets } from '@carnet/api/statistics/dataset.ts'
import type { ActorName } from './actors.ts'
import { listAppRoutes } from './app-routes.ts'
import type { givenEveryRoute } from './every-route.ts'

export type Walked = { route: string; as: ActorName; path: string }

/** Pages that need a state of a session or a file of their own: the test that walks them instead. */
const walkedElsewhere: Record<string, string> = {
  '/connexion/cle': 'access.test.ts: only halfway through a sign-in',
  '/connexion/code': 'access.test.ts: it belongs to a browser',
  '/compte/roles': 'access.test.ts: only with two roles',
  '/devenir-lieu/suivi': 'people.test.ts: it belongs to a browser',
  '/coordination/lieux/import/:id': 'venue-import.test.ts: it needs a file',
}
const isFile = /\\?\.[a-z]+\)?\}?$/
/** For programs, for the scanner's own tests, and a link that only leads on. */
const isNoPage = /^\/(api(?!\/docs)|assets|metrics|healthz|readyz|scanner|demo\/sign-in)\b/

/** What a page's address looks like, without the patterns of its parts. */
const plain = (path: string) => path.replace(/:(\w+)[^/]*/g, ':$1')

/** Every route that answers with a page. */
export const listPageRoutes = (app: App): string[] => [
  ...new Set(
    listAppRoutes(app)
      .filter(({ method, path }) => method === 'GET' && !isFile.test(path) && !isNoPage.test(path))
      .map(({ path }) => plain(path))
      .filter((route) => !(route in walkedElsewhere)),
  ),
]

/** One address for each page, with somebody who may read it: a page that is not here fails a test. */
export async function listWalk(everything: Awaited<ReturnType<typeof givenEveryRoute>>): Promise<Walked[]> {
  const { things, own, made, world, sql, ask, colleagueId, versionId } = everything
  const [campaign, box] = [world.ids.campaign, world.ids.box]
  const [application, draft, prescriberPhone] = [randomUUID(), randomUUID(), randomUUID()]
  const hash = (text: string) => createHash('sha256').update(text).digest()
  await sql`insert into venue_applications (id, state, siret, legal_name, venue_name, address, postal_code, commune_code, labels, language, follow_hash, submitted_on, confirmed_on, contact_name, contact_email)
    select ${application}, 'waiting', '73282932000074', 'Association', 'Lieu', '1 rue', '16000', code, '{}', 'fr', ${hash('f')}, '2026-03-01', '2026-03-01', 'Awa', 'awa@example.org' from communes limit 1`
  await sql`insert into catalogue_versions (id, number, state, created_on) values (${draft}, 2, 'draft', '2026-03-01')`
  await sql`insert into catalogue_themes values (${draft}, 'A', 'Premiers pas')`
  await sql`insert into catalogue_services (version_id, code, theme_code, title, description, level, national_service, duration_minutes, provenance)
    values (${draft}, 'A01', 'A', 'La souris', '', 'decouverte', '', 60, '')`
  await sql`insert into devices (id, prescriber_id, label, token_hash, enrolled_on, last_seen_on, expires_on)
    values (${prescriberPhone}, ${made.prescriber!}, 'Bureau', ${hash('p')}, '2026-01-01', '2026-03-01', '2099-01-01')`
  await sql`insert into periods (id, month, state, opened_on, closed_on) values (2, '2026-02-01', 'closed', '2026-02-01', '2026-03-01')`
  const shared = JSON.parse((await ask('POST /api/v1/share-links', 'funder')).text).path as string
  const campaignPage = `/financeur/campagnes/${campaign}`
  const version = '/coordination/referentiel/versions'

  const walk: Partial<Record<ActorName, Record<string, string>>> = {
    public: {
      ...same('/', '/ou', '/catalogue', '/confidentialite', '/transparence', '/donnees', '/devenir-lieu', '/connexion'),
      ...same('/methode', '/accessibilite', '/demo/courriels', '/api/docs'),
      '/donnees/jeux/:id': `/donnees/jeux/${datasets[0]!.id}`,
      '/donnees/:month/:table': '/donnees/2026-01/departements',
      '/partage/:token': shared,
    },
    manager: {
      ...same('/compte', '/lieu', '/lieu/bordereaux', '/lieu/calendrier', '/lieu/services', '/lieu/fiche'),
      ...same('/lieu/compte-bancaire', '/lieu/telephones', '/lieu/telephones/fichier'),
      '/lieu/bordereaux/:id': `/lieu/bordereaux/${things.statements}`,
      '/lieu/telephones/:id/retrait': `/lieu/telephones/${own.deviceId}/retrait`,
      '/equipe/acces/:id': `/equipe/acces/${colleagueId}`,
    },
    prescriber: {
      ...same('/prescripteur', '/prescripteur/telephones'),
      '/prescripteur/:form': '/prescripteur/demande',
      '/prescripteur/restants/:id': `/prescripteur/restants/${campaign}`,
      '/prescripteur/telephones/:id/retrait': `/prescripteur/telephones/${prescriberPhone}/retrait`,
    },
    funder: {
      ...same('/financeur', '/financeur/partages', '/financeur/factures', '/financeur/compte-annuel'),
      '/financeur/campagnes/:id': campaignPage,
      '/financeur/campagnes/:id/accords': `${campaignPage}/accords`,
      '/financeur/campagnes/:id/fin': `${campaignPage}/fin`,
      '/financeur/campagnes/:id/services': `${campaignPage}/services`,
      '/financeur/campagnes/:id/:list': `${campaignPage}/usages`,
      '/financeur/campagnes/:id/etat/:statement': `${campaignPage}/etat/${things['joint-statements']}`,
    },
    coordinator: {
      ...same('/equipe', '/colis', '/stock', '/valeurs-inactives', '/oppositions', '/oppositions/nouvelle'),
      ...same('/financeur/simulateur', '/coordination', '/coordination/remises', '/coordination/comptes'),
      ...same('/coordination/banque', '/coordination/contestations', '/coordination/structures'),
      ...same('/coordination/structures/nouvelle', '/coordination/telephones', '/coordination/candidatures'),
      ...same('/coordination/journal', '/coordination/impressions', '/coordination/impressions/commande'),
      ...same('/coordination/logos', '/coordination/lieux', '/coordination/lieux/import', '/coordination/territoires'),
      ...same('/coordination/mois', '/coordination/publications', '/coordination/referentiel'),
      ...same('/coordination/referentiel/import', '/coordination/lieux/a-qualifier'),
      '/coordination/structures/:id': `/coordination/structures/${own.organisationId}`,
      '/equipe/:tenant': `/equipe/${own.organisationId}`,
      '/equipe/compte/:id': `/equipe/compte/${colleagueId}`,
      '/colis/:id': `/colis/${box}`,
      '/colis/:id/revocation': `/colis/${box}/revocation`,
      '/stock/:campaign/:place': `/stock/${campaign}/${made.prescriber}`,
      '/coordination/remises/:id': `/coordination/remises/${made.batch}`,
      '/coordination/comptes/titulaires/:id': `/coordination/comptes/titulaires/${things['paying-accounts']}`,
      '/coordination/comptes/appels/:id': `/coordination/comptes/appels/${things['funding-calls']}`,
      '/coordination/comptes/factures/:id': `/coordination/comptes/factures/${things.invoices}`,
      '/coordination/banque/:id': `/coordination/banque/${things['bank-files']}`,
      '/coordination/attente/:kind': '/coordination/attente/bank_account',
      '/coordination/telephones/:id/retrait': `/coordination/telephones/${own.deviceId}/retrait`,
      '/coordination/candidatures/:id': `/coordination/candidatures/${application}`,
      '/coordination/impressions/:id': `/coordination/impressions/${world.ids.run}`,
      '/coordination/impressions/:id/annulation': `/coordination/impressions/${world.ids.run}/annulation`,
      '/coordination/lieux/:id': `/coordination/lieux/${own.id}`,
      '/coordination/lieux/:id/fiche': `/coordination/lieux/${own.id}/fiche`,
      '/coordination/lieux/:id/services': `/coordination/lieux/${own.id}/services`,
      '/coordination/publications/:month': '/coordination/publications/2026-02',
      '/coordination/publications/:month/note': '/coordination/publications/2026-01/note',
      [`${version}/:id`]: `${version}/${draft}`,
      [`${version}/:id/differences`]: `${version}/${draft}/differences?avec=${versionId}`,
      [`${version}/:id/services/nouveau`]: `${version}/${draft}/services/nouveau`,
      [`${version}/:id/services/:code`]: `${version}/${draft}/services/A01`,
    },
  }
  return Object.entries(walk).flatMap(([as, pages]) =>
    Object.entries(pages).map(([route, path]) => ({ route, path, as: as as ActorName })),
  )
}

const same = (...paths: string[]) => Object.fromEntries(paths.map((path) => [path, path]))
