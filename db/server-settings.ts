import type { Sql } from 'postgres'

/** What was acknowledged survives a power cut. */
const durable = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' }

/**
 * The log of the server never shows a statement, a parameter or a value, and no row tells when it was committed.
 * Messages of level `error` are left out where the server is ours, because they quote values, and their details everywhere
 * (`terse`: "Key (tag)=(…) already exists"); what stops the server is still logged.
 */
const discreet = {
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_duration: 'off',
  log_min_duration_sample: '-1',
  log_transaction_sample_rate: '0',
  log_min_error_statement: 'panic',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
  track_commit_timestamp: 'off',
  debug_print_parse: 'off',
  debug_print_rewritten: 'off',
  debug_print_plan: 'off',
  log_parser_stats: 'off',
  log_planner_stats: 'off',
  log_executor_stats: 'off',
  log_statement_stats: 'off',
}

/** The same of extensions that write statements with their values, where one of them is loaded. */
const discreetExtensions = { 'auto_explain.log_min_duration': '-1', 'pgaudit.log': 'none' }

const quiet = { ...discreet, ...discreetExtensions }

/** The settings of the embedded server. */
export const embeddedSettings: Record<string, string> = {
  ...durable,
  ...discreet,
  log_min_messages: 'log',
  log_checkpoints: 'off',
  timezone: 'UTC',
  max_connections: '100',
  shared_buffers: '256MB',
}

/**
 * One sentence for each setting of the server with which Carnet does not start: lost writes always,
 * and in production a log or a timestamp that would tell who used what.
 */
export async function findUnsafeSettings(sql: Sql, mode: 'demo' | 'production'): Promise<string[]> {
  const rows = await sql<{ name: string; value: string }[]>`
    select name, current_setting(name) as value from pg_settings
    where name in ${sql([...Object.keys(durable), ...Object.keys(quiet)])}`
  const found = new Map(rows.map((row) => [row.name, row.value]))
  const isDurable = (name: string) => found.get(name) !== 'off'
  const isDiscreet = (name: keyof typeof quiet) => !found.has(name) || found.get(name) === quiet[name]

  const lossy = Object.keys(durable).filter((name) => !isDurable(name))
  const telling = (Object.keys(quiet) as (keyof typeof quiet)[]).filter((name) => !isDiscreet(name))
  return [
    ...lossy.map((name) => `${name} is off: what was acknowledged could be lost. Run: alter system set ${name} = on`),
    ...(mode === 'production' ? telling : []).map(
      (name) => `${name} is ${found.get(name)}: uses could be traced. Run: alter system set ${name} = '${quiet[name]}'`,
    ),
  ]
}
