import { recordAudit } from '../accounts/audit.ts'
import { type Context, requireOperatorOr } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { takeLock } from '../shared/lock-queries.ts'
import { writeLogo } from './logo.ts'
import { type LogoOwner, replaceLogo } from './logo-queries.ts'
import { getFunder } from './queries.ts'

/**
 * What the next print runs show for a funder, or for who runs the scheme. Runs that are ordered keep what they had. Throws
 * `forbidden`, `not_found`, `invalid` (see `writeLogo`).
 */
export async function setLogo(ctx: Context, owner: LogoOwner, bytes: Uint8Array): Promise<void> {
  requireOperatorOr(ctx.actor, 'coordinator')
  const logo = writeLogo(bytes)
  await ctx.transaction(async (tx) => {
    if (owner !== null) await getFunder(tx, owner)
    await takeLock(tx, 'logos', owner ?? 'scheme')
    await replaceLogo(tx, owner, { ...logo, addedOn: ctx.today() })
    await recordAudit(tx, ctx, 'logo_set', { funderId: owner, width: logo.width, height: logo.height })
  })
}

/** The next print runs show the name alone. Throws `forbidden`, `not_found` (also when there is none). */
export async function removeLogo(ctx: Context, owner: LogoOwner): Promise<void> {
  requireOperatorOr(ctx.actor, 'coordinator')
  await ctx.transaction(async (tx) => {
    await takeLock(tx, 'logos', owner ?? 'scheme')
    if (!(await replaceLogo(tx, owner, null))) throw logoNotFound()
    await recordAudit(tx, ctx, 'logo_removed', { funderId: owner })
  })
}

export const logoNotFound = () => new AppError('not_found', 'logo_not_found', 'There is no logo')
