import type { RunFace, Transaction } from '@carnet/db'
import { listParts } from '../campaigns/queries.ts'
import { findLogo } from '../funders/logo-queries.ts'
import { getFunder } from '../funders/queries.ts'
import type { Context } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'

/** Two lines on the cover. */
const longestText = 120

/** One line of words, or null for none. Throws `invalid` `cover_text_too_long`. */
export function tidyCoverText(text: string | null | undefined): string | null {
  const tidy = (text ?? '').replace(/[\s|\p{Cc}]+/gu, ' ').trim()
  if (tidy.length > longestText)
    throw new AppError('invalid', 'cover_text_too_long', `At most ${longestText} characters stand on a cover`, {
      ...{ field: 'coverText', maxLength: longestText },
    })
  return tidy === '' ? null : tidy
}

/** What the paper of a campaign shows today: whoever pays most stands first. */
export async function readFace(
  db: Context['db'] | Transaction,
  campaignId: string,
  text: string | null,
): Promise<RunFace> {
  const parts = await listParts(db, campaignId)
  const largestFirst = [...parts].sort((a, b) => b.partCents - a.partCents)
  const funders = await Promise.all(
    largestFirst.map(async ({ funderId }) => ({
      name: (await getFunder(db, funderId)).name,
      logoId: (await findLogo(db, funderId))?.id ?? null,
    })),
  )
  return { funders, schemeLogoId: (await findLogo(db, null))?.id ?? null, text }
}
