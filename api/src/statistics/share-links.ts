import { recordAudit } from '../accounts/audit.ts'
import { hashToken, newToken } from '../accounts/tokens.ts'
import { type Context, requireRole } from '../shared/context.ts'
import { addDays, type Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { listReleasedThemes, type ReleasedTheme } from './released-cells-queries.ts'
import {
  findOpenLink,
  insertShareLink,
  listShareLinks,
  markRevoked,
  type OpenLink,
  type ShareLink,
} from './share-link-queries.ts'

const longestDays = 366

/**
 * Makes an address that shows the released figures of the funder's campaigns to whoever has it. The token is told here and
 * never again. Throws `unauthenticated`, `forbidden`, `invalid` `share_link_too_long`.
 */
export async function makeShareLink(
  ctx: Context,
  { label, expiresOn }: { label: string; expiresOn: Day },
): Promise<{ id: string; token: string }> {
  const person = requireRole(ctx.actor, 'funder')
  const today = ctx.today()
  if (expiresOn < today || expiresOn > addDays(today, longestDays))
    throw new AppError('invalid', 'share_link_too_long', 'It ends today at the earliest and in a year at the latest')
  const token = newToken('partage')
  const funderId = person.tenantId!
  return ctx.transaction(async (tx) => {
    const id = await insertShareLink(tx, {
      ...{ funderId, label, expiresOn, createdOn: today, createdBy: person.personId, tokenHash: hashToken(token) },
    })
    await recordAudit(tx, ctx, 'share_link_made', { id, funderId, expiresOn })
    return { id, token }
  })
}

/** A funder's own, or every one for those who serve the scheme. Throws `unauthenticated`, `forbidden`. */
export function readShareLinks(ctx: Context): Promise<ShareLink[]> {
  const person = requireRole(ctx.actor, 'funder', 'coordinator', 'auditor')
  return listShareLinks(ctx.db, person.tenantId)
}

/** It opens no more, at once. Throws `unauthenticated`, `forbidden`, `not_found` `share_link_not_found`. */
export async function revokeShareLink(ctx: Context, id: string): Promise<void> {
  const person = requireRole(ctx.actor, 'funder')
  await ctx.transaction(async (tx) => {
    const isDone = await markRevoked(tx, { id, funderId: person.tenantId!, revokedOn: ctx.today() })
    if (!isDone) throw new AppError('not_found', 'share_link_not_found', 'There is no such link that still opens')
    await recordAudit(tx, ctx, 'share_link_revoked', { id })
  })
}

export type Shared = { link: OpenLink; themes: ReleasedTheme[] }

/** What a link shows: released cells of its funder's campaigns, nothing else. Throws `not_found` `share_link_not_found`. */
export async function openShareLink(ctx: Context, token: string): Promise<Shared> {
  const today = ctx.today()
  const link = await findOpenLink(ctx.db, { tokenHash: hashToken(token), today })
  if (!link) throw new AppError('not_found', 'share_link_not_found', 'There is no such link that still opens')
  return { link, themes: await listReleasedThemes(ctx.db, { campaignIds: link.campaignIds, on: today }) }
}
