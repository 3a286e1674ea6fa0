/**
 * An invitation is a membership that waits for the first sign-in of an address. It holds no secret: who can read the mail of
 * the address is who is invited. In a tenant there is one role, so nobody there chooses one; only the coordination does.
 */
import type { invitations } from '@carnet/db'
import type { Role } from '../shared/context.ts'
import { addDays, type Day, isDay } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'

export type Invitation = typeof invitations.$inferSelect
export type TenantKind = 'organisation' | 'funder' | 'prescriber'
export type Tenant = { id: string; kind: TenantKind; name: string }

export const invitationDays = 14
/** An auditor is told when it ends, a year ahead at most. */
export const longestAuditDays = 366
export const mostOpenInvitations = 50
const roleOfTenant = {
  organisation: 'venue_manager',
  funder: 'funder',
  prescriber: 'prescriber',
} as const satisfies Record<TenantKind, Role>
export const schemeRoles = ['coordinator', 'finance_approver', 'auditor'] as const satisfies readonly Role[]

type Asked = { role?: Role | undefined; validUntil?: Day | undefined }

/**
 * The role that an invitation gives. Throws `forbidden` `role_not_given` (another one than the tenant has), `invalid`
 * `role_missing`, `audit_end_not_allowed` (an auditor's last day is within a year; nobody else has one).
 */
export function checkRole(tenant: Tenant | null, { role, validUntil }: Asked, today: Day): Role {
  const given = tenant ? roleOfTenant[tenant.kind] : role
  if (given === undefined)
    throw new AppError('invalid', 'role_missing', 'role: what this person does', { field: 'role' })
  if ((role !== undefined && role !== given) || (!tenant && !(schemeRoles as readonly Role[]).includes(given)))
    throw new AppError('forbidden', 'role_not_given', 'This role cannot be given here')
  const latestOn = addDays(today, longestAuditDays)
  const isRight =
    given === 'auditor'
      ? validUntil && isDay(validUntil) && validUntil >= today && validUntil <= latestOn
      : validUntil === undefined
  if (!isRight)
    throw new AppError(
      'invalid',
      'audit_end_not_allowed',
      `validUntil: for auditors, a day from ${today} to ${latestOn}`,
      {
        field: 'validUntil',
        earliestOn: today,
        latestOn,
      },
    )
  return given
}

export type ShownInvitation = 'open' | 'expired'
/** Nothing is written when its days are over: it shows so. */
export const shownState = ({ expiresOn }: Pick<Invitation, 'expiresOn'>, today: Day): ShownInvitation =>
  expiresOn < today ? 'expired' : 'open'
