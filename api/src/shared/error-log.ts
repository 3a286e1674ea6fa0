/** What the log says of an error: where it happened, never what was asked. */
type ErrorLine = {
  level: 'error' | 'warning'
  route: string
  requestId: string
  name: string
  /** Of PostgreSQL or of the system. */
  cause?: string
  constraint?: string
  frames?: string[]
}

type Caused = { code?: unknown; constraint_name?: unknown }

/**
 * One JSON line. Messages are left out: those of the database hold its SQL and parameters, others the input. Their place in
 * the code and the code of their cause are enough to find the bug.
 */
export function errorLine(error: Error, request: { route: string; requestId: string }): ErrorLine {
  const cause = (error.cause ?? error) as Caused
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line))
  // The database refused or was away: no bug, and the place in our code says nothing more.
  const isExpected = isPassing(error) || isAlreadyThere(error)
  return {
    level: isExpected ? 'warning' : 'error',
    ...request,
    name: error.name,
    ...(typeof cause.code === 'string' && { cause: cause.code }),
    ...(typeof cause.constraint_name === 'string' && { constraint: cause.constraint_name }),
    ...(!isExpected && { frames: frames.slice(0, 8).map((line) => line.trim()) }),
  }
}

/** The database is away or ending: the same request may go well in a moment. */
export const isPassing = (error: Error): boolean => passingCodes.test(codeOf(error))

/** Two requests at once wanted the same unique thing, and the other was faster. */
export const isAlreadyThere = (error: Error): boolean => codeOf(error) === '23505'

/**
 * A text with a zero byte or half a letter (a surrogate alone): JSON has them, and no text of PostgreSQL (22021) or of its JSON
 * (22P05, and 22P02 for what we wrote as JSON ourselves).
 */
export const isUnkeepableText = (error: Error): boolean =>
  /^(22021|22P05)$/.test(codeOf(error)) ||
  (codeOf(error) === '22P02' && /type json\b/.test(((error.cause ?? error) as Error).message))

/** Something else refers to the row. */
export const isReferredTo = (error: Error): boolean => codeOf(error) === '23503'

function codeOf(error: Error): string {
  const { code } = (error.cause ?? error) as Caused
  return typeof code === 'string' ? code : ''
}

// Connection failures (class 08 and postgres.js), deadlock and serialization, too many connections, shutdown, lock timeout.
const passingCodes =
  /^(08\w{3}|40001|40P01|53300|57P0[123]|55P03|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|CONNECT_TIMEOUT|CONNECTION_(CLOSED|ENDED|DESTROYED))$/
