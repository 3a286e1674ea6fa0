import { errorLine, isPassing } from './shared/error-log.ts'

/** The driver writes to a connection that ended a moment before: its queries were refused already, and whoever waited was told. */
const isWriteToEndedConnection = (error: Error): boolean =>
  error instanceof TypeError &&
  error.message === "Cannot read properties of null (reading 'write')" &&
  /nextWrite \(.*postgres\/(src|cjs\/src)\/connection\.js/.test((error.stack ?? '').replaceAll('\\', '/'))

/**
 * An error that nobody waits for: one line without its words, for they may hold what was asked. When the database dropped its
 * connections the server goes on; after any other it stops in good order, since nobody knows what is left half done.
 */
export function tellStrayError(
  reason: unknown,
  { log, stop }: { log: (line: string) => void; stop: () => void },
): void {
  const error = reason instanceof Error ? reason : new Error('not an error')
  log(JSON.stringify(errorLine(error, { route: 'none', requestId: 'none' })))
  if (!isPassing(error) && !isWriteToEndedConnection(error)) stop()
}
