import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Picture } from '@carnet/api/books/pdf/symbol-readers.ts'

/** The programs of other people that look at our files, and the Debian packages that hold them. */
const packageOf = { pdftoppm: 'poppler-utils', zbarimg: 'zbar-tools', xmllint: 'libxml2-utils' } as const
export type Tool = keyof typeof packageOf

/** Says once, and goes on, when a program is not installed: `npm test` installs them where it may. */
export function hasTool(tool: Tool): boolean {
  const isThere = spawnSync(tool, ['--version'], { stdio: 'ignore' }).error === undefined
  if (!isThere) console.warn(`Not looked at by ${tool}: install the Debian package ${packageOf[tool]}.`)
  return isThere
}

/** The pages of a PDF as a scanner of this resolution sees them. */
export function withPages<Result>(pdf: Uint8Array, dpi: number, look: (pages: Picture[]) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'carnet-paper-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    writeFileSync(join(folder, 'paper.pdf'), pdf)
    execFileSync('pdftoppm', ['-gray', '-r', String(dpi), join(folder, 'paper.pdf'), join(folder, 'page')])
    const files = readdirSync(folder).filter((file) => file.endsWith('.pgm'))
    const result = look(files.sort().map((file) => readPgm(join(folder, file))))
    if (result instanceof Promise) return result.finally(remove) as Result
    remove()
    return result
  } catch (error) {
    remove()
    throw error
  }
}

function readPgm(file: string): Picture {
  const bytes = readFileSync(file)
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 64))!
  const [width, height] = [Number(header[1]), Number(header[2])]
  return {
    width,
    height,
    pixels: new Uint8ClampedArray(bytes.subarray(header[0].length, header[0].length + width * height)),
  }
}

/** A part of a page, in millimetres. */
export function partOf(
  page: Picture,
  dpi: number,
  { x, y, width, height }: Record<'x' | 'y' | 'width' | 'height', number>,
): Picture {
  const [left, top, across, down] = [x, y, width, height].map((mm) => Math.round((mm * dpi) / 25.4)) as [
    number,
    number,
    number,
    number,
  ]
  const pixels = new Uint8ClampedArray(across * down)
  for (let row = 0; row < down; row++) {
    const from = (top + row) * page.width + left
    pixels.set(page.pixels.subarray(from, from + across), row * across)
  }
  return { pixels, width: across, height: down }
}

/** What zbarimg reads in pictures looked at one by one, sorted: `QR-Code:P1…`, `CODE-128:…`. */
export function readWithZbar(pictures: readonly Picture[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'carnet-zbar-'))
  try {
    const files = pictures.map((_, at) => join(folder, `${at}.pgm`))
    for (const [at, { pixels, width, height }] of pictures.entries())
      writeFileSync(files[at]!, Buffer.concat([Buffer.from(`P5 ${width} ${height} 255\n`), Buffer.from(pixels)]))
    const { stdout } = spawnSync('zbarimg', ['--quiet', ...files], { encoding: 'utf8' })
    return stdout.split('\n').filter(Boolean).sort()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
