import type { Installation } from './sealing.ts'

/** `1 sealed`, `2 open`. */
export const statesOf = async ({ sql }: Pick<Installation, 'sql'>) =>
  (await sql`select id, state from periods order by id`).map(({ id, state }) => `${id} ${state}`)

/** The code of the refusal, or `done`. */
export const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error) => error.code,
  )

/** The reason, or the outcome where there is none. */
export const outcomesOf = (scans: { answer: { outcome: string; reason: string | null } }[]) =>
  scans.map(({ answer }) => answer.reason ?? answer.outcome)
