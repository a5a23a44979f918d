/** The output formats: one file each, loaded when asked for. Another format is a file and a line here. */
import type { Renderer } from './renderer.ts'

const renderers = {
  table: async () => (await import('./table.ts')).table,
  json: async () => (await import('./json.ts')).json,
  ndjson: async () => (await import('./ndjson.ts')).ndjson,
  yaml: async () => (await import('./yaml.ts')).yaml,
  markdown: async () => (await import('./markdown.ts')).markdown,
} satisfies Record<string, () => Promise<Renderer>>

export type Format = keyof typeof renderers

export const formats = Object.keys(renderers)

export const loadRenderer = (format: Format): Promise<Renderer> => renderers[format]()
