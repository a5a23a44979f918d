/** Two builds: the page (dist/web), and the script and style that `hca audit --output html` puts into its file. */
import { cpSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

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

/** The function that answers the API serves the page too. */
const besideFunction: Plugin = {
  name: 'beside-function',
  closeBundle: () =>
    cpSync(path('../dist/web'), path('../dist/functions/query-findings/web'), { recursive: true }),
}

export default defineConfig(({ mode }) => ({
  // shared/render strips terminal sequences with Node's function; a page has no terminal.
  resolve: { alias: { 'node:util': path('browser-util.ts') } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: mode === 'report' ? [] : [besideFunction],
  logLevel: 'warn',
  build: { emptyOutDir: true, target: 'es2022', ...(mode === 'report' ? report : page) },
}))
