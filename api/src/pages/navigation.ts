import type { Role } from '../shared/context.ts'
import type { MessageKey } from '../shared/messages.ts'

/** What stands in the header, for whom. A page that does not exist is not here. */
export type Audience = 'public' | 'venue'
export type Place = { href: string; says: MessageKey }

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
}

/** Where a role works. */
export const homes: Partial<Record<Role, string>> = { venue_manager: '/lieu' }

export const footer: readonly Place[] = [
  { href: '/ou', says: 'nav.where' },
  { href: '/catalogue', says: 'nav.catalogue' },
  { href: '/confidentialite', says: 'nav.privacy' },
  { href: '/api/docs', says: 'layout.reference' },
]
