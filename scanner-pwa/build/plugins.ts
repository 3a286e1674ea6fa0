import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'
import { drawIcon } from './icon.ts'

const isWorthPacking = (file: string) => /\.(js|css|html|wasm|webmanifest|svg)$/.test(file)

/** The icons of the installed app, drawn rather than stored. */
export const drawIcons = (): Plugin => ({
  name: 'draw-icons',
  generateBundle() {
    for (const size of [192, 512]) {
      this.emitFile({ type: 'asset', fileName: `icon-${size}.png`, source: drawIcon(size, 'rounded') })
      this.emitFile({ type: 'asset', fileName: `icon-maskable-${size}.png`, source: drawIcon(size, 'full') })
    }
  },
})

/** Tells the service worker which files to keep: all of this build. */
export const listFilesToKeep = (): Plugin => ({
  name: 'list-files-to-keep',
  enforce: 'post',
  generateBundle(_, bundle) {
    const files = Object.keys(bundle).filter((file) => file !== 'service-worker.js' && !file.endsWith('.map'))
    const worker = bundle['service-worker.js']
    if (worker?.type !== 'chunk') throw new Error('the service worker was not built')
    worker.code = worker.code.replace(/["'`]FILES_OF_THIS_BUILD["'`]/, () =>
      JSON.stringify(JSON.stringify([...files, 'manifest.webmanifest'].sort())),
    )
  },
})

/** Packed once, at the build: the server only chooses. */
export const compressFiles = (): Plugin => {
  let folder = 'dist'
  return {
    name: 'compress-files',
    configResolved: ({ root, build }) => {
      folder = `${root}/${build.outDir}`
    },
    closeBundle() {
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isWorthPacking)
      for (const file of files) {
        const content = readFileSync(`${folder}/${file}`)
        writeFileSync(`${folder}/${file}.gz`, gzipSync(content, { level: 9 }))
        writeFileSync(`${folder}/${file}.br`, brotliCompressSync(content))
      }
    },
  }
}
