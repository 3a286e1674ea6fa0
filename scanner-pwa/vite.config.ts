import { defineConfig } from 'vite'

export default defineConfig({
  base: '/scanner/',
  build: { target: 'es2022', emptyOutDir: true },
})
