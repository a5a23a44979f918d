/** The output formats: one file each, loaded when asked for. Another format is a file and a line here. */
import type { Picture, Renderer } from './renderer.ts'

const renderers = {
  table: async () => (await import('./table.ts')).table,
  json: async () => (await import('./json.ts')).json,
  ndjson: async () => (await import('./ndjson.ts')).ndjson,
  yaml: async () => (await import('./yaml.ts')).yaml,
  markdown: async () => (await import('./markdown.ts')).markdown,
} satisfies Record<string, () => Promise<Renderer>>

/** What an analysis can be drawn as, beside these. */
const pictures = {
  html: async () => (await import('./load-html.ts')).loadHtml(),
  mermaid: async () => (await import('./mermaid.ts')).mermaid,
  svg: async () => (await import('./svg.ts')).svg,
} satisfies Record<string, () => Promise<Picture>>

export type Format = keyof typeof renderers
export type PictureFormat = keyof typeof pictures

export const formats = Object.keys(renderers)
export const pictureFormats = Object.keys(pictures)

export const loadRenderer = (format: Format): Promise<Renderer> => renderers[format]()

export const loadPicture = (format: Format | PictureFormat): Promise<Picture> =>
  ({ ...renderers, ...pictures })[format]()

export const isPicture = (format: Format | PictureFormat): format is PictureFormat => format in pictures
