import { StartError } from '@carnet/db/start-error'
import { inviteCoordinator } from './accounts/invite-person.ts'
import { type AtServer, asOperator } from './as-operator.ts'
import { locales } from './shared/messages.ts'

const usage = 'Usage: npm run coordinator:invite -- ADDRESS "FIRST AND LAST NAME" [fr or en]'

/** `coordinator:invite`: the mail leaves as soon as Carnet runs. Returns what to tell. Throws `StartError`. */
export async function inviteAtServer(
  at: AtServer,
  [email, name = '', spoken = 'fr']: readonly string[],
): Promise<string> {
  const language = locales.find((known) => known === spoken)
  if (!email || name.trim().length < 2 || !language) throw new StartError(usage)
  const wanted = { email, name: name.trim().slice(0, 120), language }
  const invited = await asOperator(at, (ctx) => inviteCoordinator(ctx, wanted))
  return `${invited.email} is invited as coordinator until ${invited.expiresOn}: enter at ${at.config.publicUrl}/connexion.`
}
