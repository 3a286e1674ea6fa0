import type { Database } from '@carnet/db'
import { StartError } from '@carnet/db/start-error'
import { authenticate } from './accounts/authenticate.ts'
import type { Keyring } from './keyring/keyring.ts'
import { abandonPeriod } from './sealing/abandon-period.ts'
import { createContext } from './shared/context.ts'
import { dayOf } from './shared/days.ts'
import { AppError } from './shared/errors.ts'
import { formatEuros } from './shared/money.ts'

type Parts = { db: Database; keyring: Keyring; now: () => Date }

/**
 * `keyring:abandon PERIOD`: gives up a period whose key is lost, asked for by one person and done by a second one, each with an
 * API token of their own. Returns what happened, as a sentence. Throws `StartError`.
 */
export async function abandonKey(parts: Parts, period: string | undefined, token: string): Promise<string> {
  if (!/^[1-9]\d{0,8}$/.test(period ?? '')) throw new StartError('Usage: npm run keyring:abandon -- PERIOD')
  try {
    const today = () => dayOf(parts.now())
    const actor = await authenticate(
      { ...parts, today },
      { authorization: `Bearer ${token.trim()}`, sessionToken: undefined },
    )
    const { state, redemptions, exposureCents } = await abandonPeriod(
      createContext({ ...parts, actor }),
      Number(period),
    )
    const price = `Its ${redemptions} vouchers can be used once more: at most ${formatEuros(exposureCents, 'en')}.`
    return state === 'proposed'
      ? `Period ${period} is proposed to be given up. ${price} A second person must run the same command.`
      : `Period ${period} is given up and will be paid from its rows. ${price} Scans go on.`
  } catch (error) {
    throw error instanceof AppError ? new StartError(error.message) : error
  }
}
