// Builds what is shipped: one ESM bundle per Lambda function, and the `hca` command line.
import { readdirSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

rmSync('dist', { recursive: true, force: true })

const common = { bundle: true, format: 'esm', platform: 'node', sourcemap: true, logLevel: 'warning' }

await build({
  ...common,
  entryPoints: readdirSync('functions')
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `functions/${name}`),
  outdir: 'dist/functions',
  outExtension: { '.js': '.mjs' },
  target: 'node24',
  minify: true,
  // Some dependencies are CommonJS and call require() of Node's own modules.
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
})

await build({
  ...common,
  entryPoints: ['cli/hca.ts'],
  outdir: 'dist/cli',
  target: 'node20',
  packages: 'external',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
})
