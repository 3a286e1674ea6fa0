import { isLive, isPending, type KeptScan } from '../queue/scan.ts'

export type Total = { count: number; euros: number; pendingEuros: number; withoutAmount: number }

/** Of the vouchers that count: neither undone nor refused; a training voucher counts as one and pays nothing. */
export function totalOf(scans: readonly KeptScan[]): Total {
  const live = scans.filter((scan) => isLive(scan) && !scan.isChanging)
  const sum = (some: readonly KeptScan[]) => some.reduce((total, { euros }) => total + (euros ?? 0), 0)
  return {
    count: live.length,
    euros: sum(live),
    pendingEuros: sum(live.filter(isPending)),
    withoutAmount: live.filter(({ euros }) => euros === null).length,
  }
}
