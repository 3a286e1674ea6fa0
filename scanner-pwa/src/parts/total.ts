import { isLive, isPending, type KeptScan } from '../queue/scan.ts'

export type Total = { count: number; euros: number; pendingEuros: number; withoutAmount: number }

/** Those of a workshop that stand on its receipt: among real vouchers a training voucher is none; alone, they are an exercise. */
export function counted(scans: readonly KeptScan[]): readonly KeptScan[] {
  const real = scans.filter(({ isTraining }) => !isTraining)
  return real.length > 0 ? real : scans
}

/** Of the vouchers that count: neither undone nor refused. */
export function totalOf(scans: readonly KeptScan[]): Total {
  const live = counted(scans.filter((scan) => isLive(scan) && !scan.isChanging))
  const sum = (some: readonly KeptScan[]) => some.reduce((total, { euros }) => total + (euros ?? 0), 0)
  return {
    count: live.length,
    euros: sum(live),
    pendingEuros: sum(live.filter(isPending)),
    withoutAmount: live.filter(({ euros }) => euros === null).length,
  }
}
