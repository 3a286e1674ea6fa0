import { connectDatabase } from '@carnet/db'
import { StartError } from '@carnet/db/start-error'
import { inviteCoordinator } from './accounts/invite-person.ts'
import type { Config } from './config.ts'
import { openInstallationKeyring } from './open-keyring.ts'
import { createContext } from './shared/context.ts'
import { AppError } from './shared/errors.ts'
import { locales } from './shared/messages.ts'

const usage = 'Usage: npm run coordinator:invite -- ADDRESS "FIRST AND LAST NAME" [fr or en]'

/** `coordinator:invite`: the mail leaves as soon as Carnet runs. Returns what to tell. Throws `StartError`. */
export async function inviteAtServer(
  { url, config, now }: { url: string; config: Config; now: () => Date },
  [email, name = '', spoken = 'fr']: readonly string[],
): Promise<string> {
  const language = locales.find((known) => known === spoken)
  if (!email || name.trim().length < 2 || !language) throw new StartError(usage)
  const keyring = await openInstallationKeyring(config, url)
  const { db, end } = connectDatabase(url, { role: 'carnet_app', prepare: config.databasePrepare })
  try {
    const ctx = createContext({ db, keyring, now, actor: { kind: 'operator' } })
    const invitation = await inviteCoordinator(ctx, { email, name: name.trim().slice(0, 120), language })
    const { expiresOn } = invitation
    return `${invitation.email} is invited as coordinator until ${expiresOn}: enter at ${config.publicUrl}/connexion.`
  } catch (error) {
    throw error instanceof AppError ? new StartError(error.message) : error
  } finally {
    await end()
  }
}
