import { type Context, type Person, requirePerson } from '../shared/context.ts'
import { AppError } from '../shared/errors.ts'
import { freshMinutes, isFresh } from './session-rules.ts'

type Session = NonNullable<Person['session']>
type Asked = Pick<Context, 'actor' | 'now'>

/** A person in front of a browser. Throws `unauthenticated`, `forbidden` `session_needed` for an API token. */
export function requireSession({ actor }: Pick<Context, 'actor'>): Person & { session: Session } {
  const { session, ...person } = requirePerson(actor)
  if (!session) throw new AppError('forbidden', 'session_needed', 'A program may not do this: a person signs in for it')
  return { ...person, session }
}

/**
 * What moves money, or opens the door to it, is done by somebody who proved in the last ten minutes who they are: with the passkey
 * where the role asks for one (no other session of such a role works at all), else with what they signed in by.
 * Throws as `requireSession`, and `forbidden` `fresh_proof_needed`.
 */
export function requireFreshProof(ctx: Asked): Person & { session: Session } {
  const person = requireSession(ctx)
  if (!isFresh(person.session.authenticatedAt, ctx.now()))
    throw new AppError('forbidden', 'fresh_proof_needed', 'Prove again who you are, then ask again', {
      withinMinutes: freshMinutes,
    })
  return person
}

/** For pages: whether what asks for a fresh proof would pass now. */
export const hasFreshProof = ({ actor, now }: Asked): boolean =>
  actor.kind === 'person' && actor.session !== undefined && isFresh(actor.session.authenticatedAt, now())
