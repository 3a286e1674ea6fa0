import type { Person, Role } from '../shared/context.ts'
import type { MessageKey } from '../shared/messages.ts'

/** What stands in the header, for whom. A page that does not exist is not here. */
export type Audience = 'public' | 'venue' | 'funder' | 'prescriber' | 'coordinator'
export type Place = { href: string; says: MessageKey; onlyFor?: readonly Role[] }

export const navigation: Record<Audience, readonly Place[]> = {
  public: [
    { href: '/ou', says: 'nav.where' },
    { href: '/catalogue', says: 'nav.catalogue' },
    { href: '/devenir-lieu', says: 'nav.apply' },
    { href: '/donnees', says: 'nav.data' },
    { href: '/transparence', says: 'nav.transparency' },
    { href: '/confidentialite', says: 'nav.privacy' },
  ],
  venue: [
    { href: '/lieu', says: 'nav.venue' },
    { href: '/lieu/bordereaux', says: 'nav.statements' },
    { href: '/lieu/telephones', says: 'nav.phones' },
    { href: '/equipe', says: 'nav.people' },
    { href: '/lieu/services', says: 'nav.services' },
    { href: '/lieu/fiche', says: 'nav.sheet' },
  ],
  funder: [
    { href: '/financeur', says: 'nav.campaigns' },
    { href: '/stock', says: 'nav.stock' },
    { href: '/financeur/factures', says: 'nav.invoices' },
    { href: '/equipe', says: 'nav.people' },
    { href: '/financeur/partages', says: 'nav.shares' },
    { href: '/donnees', says: 'nav.data' },
    { href: '/methode', says: 'nav.method' },
  ],
  prescriber: [
    { href: '/prescripteur', says: 'nav.prescriber' },
    { href: '/colis', says: 'nav.boxes' },
    { href: '/oppositions', says: 'nav.stops' },
    { href: '/prescripteur/telephones', says: 'nav.phones' },
    { href: '/equipe', says: 'nav.people' },
    { href: '/ou', says: 'nav.where' },
  ],
  coordinator: [
    { href: '/coordination', says: 'nav.today' },
    { href: '/financeur', says: 'nav.campaigns' },
    { href: '/stock', says: 'nav.stock' },
    { href: '/coordination/lieux', says: 'nav.venues' },
    { href: '/coordination/structures', says: 'nav.structures' },
    { href: '/coordination/impressions', says: 'printing.title' },
    { href: '/coordination/remises', says: 'nav.batches' },
    { href: '/coordination/banque', says: 'nav.bank' },
    { href: '/coordination/mois', says: 'nav.periods' },
    { href: '/coordination/publications', says: 'nav.releases' },
    { href: '/coordination/referentiel', says: 'nav.reference' },
    { href: '/coordination/journal', says: 'nav.journal', onlyFor: ['coordinator', 'auditor'] },
  ],
}

const audiences: Record<Role, Audience> = {
  venue_manager: 'venue',
  funder: 'funder',
  prescriber: 'prescriber',
  coordinator: 'coordinator',
  finance_approver: 'coordinator',
  auditor: 'coordinator',
}

/** Where a role works: the first place of its menu. */
export const homeOf = (role: Role): string => navigation[audiences[role]][0]!.href

/** Whose menu a page has that several roles read. */
export const audienceOf = (person: Pick<Person, 'role'> | undefined): Audience =>
  person ? audiences[person.role] : 'public'

export const footer: readonly Place[] = [
  { href: '/ou', says: 'nav.where' },
  { href: '/catalogue', says: 'nav.catalogue' },
  { href: '/donnees', says: 'nav.data' },
  { href: '/methode', says: 'nav.method' },
  { href: '/confidentialite', says: 'nav.privacy' },
  { href: '/accessibilite', says: 'nav.accessibility' },
  { href: '/api/docs', says: 'layout.reference' },
]
