/**
 * Code 128, set C only: two digits in one sign. Enough for a cover number, which is why no barcode package is used.
 * ISO/IEC 15417: widths of bar, space, bar, space, bar, space in modules, by value.
 */
const widths = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 ' +
  '123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 ' +
  '131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 ' +
  '213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 ' +
  '141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 ' +
  '124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 ' +
  '411131'
).split(' ')
const START_C = '211232'
const START_C_VALUE = 105
const STOP = '2331112'

/** The bars of an even number of digits, in modules from the left, without the quiet zone of 10. Throws `RangeError`. */
export function code128Bars(digits: string): { bars: { x: number; width: number }[]; width: number } {
  if (!/^(\d\d)+$/.test(digits)) throw new RangeError('Set C holds pairs of digits')
  const values = digits.match(/\d\d/g)!.map(Number)
  const check = values.reduce((sum, value, at) => sum + value * (at + 1), START_C_VALUE) % 103
  const signs = [START_C, ...[...values, check].map((value) => widths[value]!), STOP].join('')
  const bars: { x: number; width: number }[] = []
  let x = 0
  for (const [at, width] of [...signs].map(Number).entries()) {
    if (at % 2 === 0) bars.push({ x, width })
    x += width
  }
  return { bars, width: x }
}
