/** The places where a sealing may be interrupted: it goes on from there. */
export type SealingPoint =
  | 'started'
  | 'campaign_marked'
  | 'vouchers_marked'
  | 'cells_counted'
  | 'answers_kept'
  | 'spent_list_kept'
  | 'record_kept'
  | 'rows_dropped'
  | 'key_destroyed'

export type SealingOptions = {
  /** Between two tries of the last step, when a backup or a report is reading. */
  retryEveryMs?: number
  /** How long to try; the job of the next night goes on. */
  giveUpAfterMs?: number
  /** Told of each point, after its commit. Tests throw here. */
  at?: (point: SealingPoint) => void
}
