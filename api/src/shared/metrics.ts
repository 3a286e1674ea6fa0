/**
 * What an operator's monitoring may know, as Prometheus text: totals without venue, device, campaign or service. They move at
 * the end of each five minutes of the clock and at no other time, so that whoever watches them cannot tell when a scan was.
 */
export const windowMs = 5 * 60_000

export type ScanOutcome = 'accepted' | 'refused' | 'retry'
export type Metrics = ReturnType<typeof createMetrics>

const noScans = { accepted: 0, refused: 0, retry: 0 } satisfies Record<ScanOutcome, number>

/** The totals of one process. A process that starts again begins at zero, as Prometheus expects of a counter. */
export function createMetrics(now: () => Date) {
  const startedAt = now()
  const counted = { ...noScans }
  let shown = { ...noScans }
  let window = windowOf(startedAt)

  /** Before anything is added or told: what was counted in a window that is over may be shown. */
  function turn(): void {
    const current = windowOf(now())
    if (current > window) shown = { ...counted }
    window = Math.max(window, current)
  }

  return {
    countScans(results: readonly { outcome: ScanOutcome }[]): void {
      turn()
      for (const { outcome } of results) counted[outcome] += 1
    },
    /** `alarms`: the codes of those that stand now. */
    read(alarms: readonly string[]): string {
      turn()
      return [
        '# HELP carnet_scans_total Scans answered by this process; moves every five minutes.',
        '# TYPE carnet_scans_total counter',
        ...Object.entries(shown).map(([outcome, total]) => `carnet_scans_total{outcome="${outcome}"} ${total}`),
        '# HELP carnet_alarms Alarms that stand, by their code.',
        '# TYPE carnet_alarms gauge',
        ...[...new Set(alarms)].map(
          (code) => `carnet_alarms{code="${code}"} ${alarms.filter((other) => other === code).length}`,
        ),
        '# HELP process_resident_memory_bytes Memory of this process.',
        '# TYPE process_resident_memory_bytes gauge',
        `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
        '# HELP process_start_time_seconds When this process started.',
        '# TYPE process_start_time_seconds gauge',
        `process_start_time_seconds ${Math.floor(startedAt.getTime() / 1000)}`,
        '',
      ].join('\n')
    },
  }
}

const windowOf = (at: Date) => Math.floor(at.getTime() / windowMs)
