/** Slack's Block Kit as a page of ours, near enough to Slack for a picture. */
import type { Block } from '../../shared/notifications/slack/block-kit.ts'

/** Slack's markup; names from AWS are escaped already, as Slack wants it. */
const mrkdwn = (text: string): string =>
  text
    .replace(/```\n?([\s\S]*?)\n?```/g, (_, code: string) => `<pre>${code}</pre>`)
    .replace(/`([^`\n]+)`/g, '<code>$1</code>')
    .replace(/<(https?:[^|>]+)\|([^>]+)>/g, '<a href="$1">$2</a>')
    .replace(/(^|\s)\*([^*\n]+)\*/g, '$1<b>$2</b>')
    .replace(/\n(?![^<]*<\/pre>)/g, '<br>')

function blockHtml(block: Block): string {
  if (block.type === 'header') return `<h1>${block.text.text}</h1>`
  if ('fields' in block)
    return `<div class="fields">${block.fields.map(({ text }) => `<p>${mrkdwn(text)}</p>`).join('')}</div>`
  const { type, text } = block.text
  return `<p>${type === 'mrkdwn' ? mrkdwn(text) : text.replaceAll('\n', '<br>')}</p>`
}

const STYLE = `
body{margin:0;padding:14px 18px;width:720px;background:#fff;color:#1d1c1d;font:15px/1.46 Lato,"DejaVu Sans",sans-serif;overflow-wrap:anywhere}
.who{display:flex;gap:8px;align-items:center;font-weight:900}.who i{width:36px;height:36px;border-radius:6px;background:#1f3a5f}
.who span{padding:0 4px;border-radius:3px;background:#e8e8e8;color:#616061;font-size:10px;font-weight:700}
h1{margin:8px 0;font-size:18px;line-height:1.3}p{margin:6px 0}.fields{display:grid;grid-template-columns:1fr 1fr;gap:0 16px}
code{padding:1px 3px;border:1px solid #ddd;border-radius:3px;background:#f8f8f8;color:#c01343;font-size:12px}
pre{margin:4px 0;padding:8px;border:1px solid #ddd;border-radius:4px;background:#f8f8f8;font:11.2px/1.45 "DejaVu Sans Mono",monospace;white-space:pre-wrap}
`

export const slackPage = (blocks: readonly Block[]): string =>
  `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>
<div class="who"><i></i>health-check-auditor <span>APP</span></div>${blocks.map(blockHtml).join('\n')}`
