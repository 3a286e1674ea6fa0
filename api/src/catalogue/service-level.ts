import { serviceLevel } from '@carnet/db'

/** From the first steps to independence. */
export const levels = serviceLevel.enumValues
export type Level = (typeof levels)[number]
