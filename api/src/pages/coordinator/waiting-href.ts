import type { WaitingItem } from '../../statistics/waiting-queries.ts'
import { versionHref } from './catalogue-words.ts'
import { venueHref } from './venue-page.tsx'

/** The page of one thing that waits; null when it is dealt with in its list. Pure. */
export function hrefOfWaiting({ kind, id, parent }: Pick<WaitingItem, 'kind' | 'id' | 'parent'>): string | null {
  if (kind === 'batch_draft' || kind === 'batch_frozen') return `/coordination/remises/${id}`
  if (kind === 'application') return `/coordination/candidatures/${id}`
  if (kind === 'contest') return '/coordination/contestations'
  if (kind === 'book_request') return '/colis#demandes'
  if (kind === 'qualification') return `${venueHref(parent)}#decider`
  if (kind === 'catalogue_draft') return versionHref(id)
  if (kind.startsWith('box')) return `/colis/${id}`
  if (kind.startsWith('campaign')) return `/financeur/campagnes/${parent}`
  return kind === 'proof' || kind === 'generation' || kind === 'receipt' ? `/coordination/impressions/${id}` : null
}
