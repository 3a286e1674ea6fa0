import { defineConfig } from 'vite'
import { compressFiles, drawIcons, listFilesToKeep } from './build/plugins.ts'

export default defineConfig({
  base: '/scanner/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [drawIcons(), listFilesToKeep(), compressFiles()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    cssTarget: ['chrome105', 'safari15.4', 'firefox110'],
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { scanner: 'index.html', 'service-worker': 'src/service-worker.ts' },
      output: {
        entryFileNames: ({ name }) => (name === 'service-worker' ? 'service-worker.js' : 'assets/[name]-[hash].js'),
      },
      // @zxing is written without side effects and does not say so: 126 kB become 32.
      treeshake: { moduleSideEffects: (id: string) => !/node_modules\/(.*\/)?@zxing\//.test(id) },
    },
  },
})
