import type { serviceLevel } from '@carnet/db'

export type Level = (typeof serviceLevel.enumValues)[number]
/** From the first steps to independence. */
export const levels = ['decouverte', 'autonomie', 'approfondissement'] as const satisfies readonly Level[]
