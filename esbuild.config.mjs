// Builds what is shipped: a folder of ESM per Lambda function, and the `hca` command line.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { build } from 'esbuild'

rmSync('dist', { recursive: true, force: true })

const common = { bundle: true, format: 'esm', platform: 'node', splitting: true, logLevel: 'warning' }

// Lambda gives credentials by the environment: the other ways to get some would be 90 KB in every function.
const otherCredentials = ['http', 'ini', 'login', 'process', 'sso', 'web-identity']

/** dist/functions/NAME is what is deployed; its source maps, four times as large, stay here in dist/maps/NAME. */
async function buildFunction(name) {
  const { outputFiles, metafile } = await build({
    ...common,
    entryPoints: [{ in: `functions/${name}.ts`, out: 'index' }],
    outdir: `dist/functions/${name}`,
    outExtension: { '.js': '.mjs' },
    target: 'node24',
    // The SDK's ES modules: of its CommonJS files nothing can be left out.
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: 'external',
    metafile: true,
    write: false,
    external: otherCredentials.map((way) => `@aws-sdk/credential-provider-${way}`),
    // Some dependencies are CommonJS and call require() of Node's own modules.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  })
  for (const { path, contents } of outputFiles) {
    const folder = path.endsWith('.map') ? join('dist', 'maps', name) : dirname(path)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, basename(path)), contents)
  }
  return [name, startOf(metafile.outputs, `dist/functions/${name}/index.mjs`)]
}

/** What a cold start loads: the entry, and what it imports at once. Chunks for `import()` come later, if ever. */
function startOf(outputs, entry, seen = new Set()) {
  if (!outputs[entry] || seen.has(entry)) return 0
  seen.add(entry)
  const imports = outputs[entry].imports.filter(({ kind }) => kind === 'import-statement')
  return imports.reduce((bytes, { path }) => bytes + startOf(outputs, path, seen), outputs[entry].bytes)
}

const names = readdirSync('functions')
  .filter((name) => name.endsWith('.ts'))
  .map((name) => basename(name, '.ts'))

// For `npm run size`: what each function loads at a cold start, bytes.
const sizes = Object.fromEntries(await Promise.all(names.map(buildFunction)))
writeFileSync('dist/function-sizes.json', `${JSON.stringify(sizes, null, 2)}\n`)

await build({
  ...common,
  entryPoints: ['cli/hca.ts'],
  outdir: 'dist/cli',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  chunkNames: 'chunks/[name]-[hash]',
})
