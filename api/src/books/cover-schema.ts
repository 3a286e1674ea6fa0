import { z } from '@hono/zod-openapi'

/** The number on a book's cover. */
export const Cover = z.number().int().min(1).max(9_999_999)

/** Books that lie one after the other, by the numbers on their covers. */
export const Covers = z.object({ firstCover: Cover, lastCover: Cover })
