/**
 * The stock reader of @zxing/library takes the three best-looking finder patterns and gives up on 2 to 15 % of perfect codes whose data
 * happens to look like a fourth. This one keeps every candidate, ranks triples by geometry, and tries the best few.
 */
import {
  BarcodeFormat,
  type BinaryBitmap,
  type DecodeHintType,
  NotFoundException,
  type Reader,
  Result,
  ResultPoint,
} from '@zxing/library'
import Decoder from '@zxing/library/esm/core/qrcode/decoder/Decoder.js'
import Detector from '@zxing/library/esm/core/qrcode/detector/Detector.js'
import type FinderPattern from '@zxing/library/esm/core/qrcode/detector/FinderPattern.js'
import FinderPatternFinder from '@zxing/library/esm/core/qrcode/detector/FinderPatternFinder.js'
import FinderPatternInfo from '@zxing/library/esm/core/qrcode/detector/FinderPatternInfo.js'

type Triple = [FinderPattern, FinderPattern, FinderPattern]
type Hints = Map<DecodeHintType, unknown>

const mostTries = 4
const mostCentres = 14

/** Walks every row and never stops early: `find` ends in an exception, with all centres collected. */
const Finder = class extends (FinderPatternFinder as unknown as new (
  matrix: unknown,
) => { find(hints?: unknown): unknown; getPossibleCenters(): FinderPattern[]; hasSkipped: boolean }) {
  selectBestPatterns() {
    throw new NotFoundException()
  }
  haveMultiplyConfirmedCenters() {
    return false
  }
  findRowSkip() {
    this.hasSkipped = true
    return 0
  }
}

const distance = (a: FinderPattern, b: FinderPattern) => Math.hypot(a.getX() - b.getX(), a.getY() - b.getY())

/** The lower, the more a triple looks like the corners of one code; null for what cannot be one. */
function misfit([a, b, c]: Triple): number | null {
  const modules = [a, b, c].map((centre) => centre.getEstimatedModuleSize())
  const [least, most] = [Math.min(...modules), Math.max(...modules)]
  const [leg, longer, longest] = [distance(a, b), distance(b, c), distance(a, c)].sort((x, y) => x - y) as [
    number,
    number,
    number,
  ]
  if (most > least * 1.9 || leg < 7 * least) return null
  const legs = longer / leg - 1
  const corner = Math.abs(longest / Math.hypot(leg, longer) - 1)
  const size = (leg + longer) / 2 / (modules.reduce((sum, value) => sum + value, 0) / 3) + 7
  if (legs > 0.6 || corner > 0.25 || size < 17 || size > 185) return null
  return legs + 2 * corner + (most / least - 1) - 0.02 * Math.min(10, a.getCount() + b.getCount() + c.getCount())
}

function rankTriples(centres: readonly FinderPattern[]): Triple[] {
  const ranked: [number, Triple][] = []
  for (const [i, a] of centres.entries())
    for (const [j, b] of centres.entries())
      for (const c of j > i ? centres.slice(j + 1) : []) {
        const score = misfit([a, b, c])
        if (score !== null) ranked.push([score, [a, b, c]])
      }
  return ranked.sort(([x], [y]) => x - y).map(([, triple]) => triple)
}

export class RobustQRReader implements Reader {
  private readonly decoder = new Decoder()

  decode(bitmap: BinaryBitmap, hints?: Hints): Result {
    const matrix = bitmap.getBlackMatrix()
    const finder = new Finder(matrix)
    try {
      finder.find(hints)
    } catch {
      // Every centre it saw is kept in it.
    }
    const centres = [...finder.getPossibleCenters()].sort((a, b) => b.getCount() - a.getCount()).slice(0, mostCentres)
    let failure: unknown = new NotFoundException()
    for (const triple of rankTriples(centres).slice(0, mostTries))
      try {
        return this.read(matrix, triple, hints)
      } catch (error) {
        failure = error
      }
    throw failure
  }

  private read(matrix: ReturnType<BinaryBitmap['getBlackMatrix']>, triple: Triple, hints?: Hints): Result {
    ResultPoint.orderBestPatterns(triple)
    const detector = new Detector(matrix) as unknown as {
      processFinderPatternInfo(info: FinderPatternInfo): { getBits(): typeof matrix; getPoints(): ResultPoint[] }
    }
    const found = detector.processFinderPatternInfo(new FinderPatternInfo(triple))
    const decoded = this.decoder.decodeBitMatrix(found.getBits(), hints as Map<DecodeHintType, never>)
    const [text, bytes, points] = [decoded.getText(), decoded.getRawBytes(), found.getPoints()]
    return new Result(text, bytes, bytes.length * 8, points, BarcodeFormat.QR_CODE)
  }

  reset(): void {}
}
