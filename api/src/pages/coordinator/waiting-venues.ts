import type { VenueRow } from '../../statistics/scheme-queries.ts'

export const venueQueuePath = '/coordination/lieux/a-qualifier'
export const waitingStates = ['none', 'applied', 'under_review'] as const
type Waiting = (typeof waitingStates)[number]

/** Who was qualified from a later day on waits for nobody. */
export const isWaitingVenue = ({ decided }: VenueRow): boolean => waitingStates.includes((decided ?? 'none') as Waiting)
