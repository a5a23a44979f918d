/** Two builds: the page (dist/web), and the script and style that `hca audit --output html` puts into its file. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

const page = { outDir: path('../dist/web'), modulePreload: { polyfill: false } }

const report = {
  outDir: path('../dist/report'),
  copyPublicDir: false,
  lib: {
    entry: path('report.tsx'),
    formats: ['iife' as const],
    name: 'report',
    fileName: () => 'report.js',
    cssFileName: 'report',
  },
}

export default defineConfig(({ mode }) => ({
  // shared/render strips terminal sequences with Node's function; a page has no terminal.
  resolve: { alias: { 'node:util': path('browser-util.ts') } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warn',
  build: { emptyOutDir: true, target: 'es2022', ...(mode === 'report' ? report : page) },
}))
