import type { Role } from '../shared/context.ts'
import type { MessageKey } from '../shared/messages.ts'

/** What stands in the header, for whom. A page that does not exist is not here. */
export type Audience = 'public' | 'venue' | 'funder' | 'coordinator'
export type Place = { href: string; says: MessageKey; onlyFor?: readonly Role[] }

export const navigation: Record<Audience, readonly Place[]> = {
  public: [
    { href: '/ou', says: 'nav.where' },
    { href: '/catalogue', says: 'nav.catalogue' },
    { href: '/confidentialite', says: 'nav.privacy' },
  ],
  venue: [
    { href: '/lieu', says: 'nav.venue' },
    { href: '/lieu/bordereaux', says: 'nav.statements' },
    { href: '/catalogue', says: 'nav.catalogue' },
  ],
  funder: [
    { href: '/financeur', says: 'nav.campaigns' },
    { href: '/ou', says: 'nav.where' },
    { href: '/catalogue', says: 'nav.catalogue' },
  ],
  coordinator: [
    { href: '/coordination', says: 'nav.today' },
    { href: '/financeur', says: 'nav.campaigns' },
    { href: '/coordination/lieux', says: 'nav.venues' },
    { href: '/coordination/remises', says: 'nav.batches' },
    { href: '/coordination/mois', says: 'nav.periods' },
    { href: '/coordination/referentiel', says: 'nav.reference' },
    { href: '/coordination/journal', says: 'nav.journal', onlyFor: ['coordinator', 'auditor'] },
  ],
}

/** Where a role works. */
export const homes: Partial<Record<Role, string>> = {
  venue_manager: '/lieu',
  funder: '/financeur',
  coordinator: '/coordination',
  finance_approver: '/coordination',
  auditor: '/coordination',
}

export const footer: readonly Place[] = [
  { href: '/ou', says: 'nav.where' },
  { href: '/catalogue', says: 'nav.catalogue' },
  { href: '/confidentialite', says: 'nav.privacy' },
  { href: '/api/docs', says: 'layout.reference' },
]
