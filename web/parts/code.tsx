import { CopyButton } from './copy-button.tsx'

interface CodeProps {
  readonly label: string
  readonly text: string
}

/** A text to paste, with its button. It can be scrolled by keyboard. */
export const Code = ({ label, text }: CodeProps) => (
  <figure class="code">
    <figcaption>
      {label}
      <CopyButton text={text} what={label} />
    </figcaption>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
    <pre tabIndex={0}>
      <code>{text}</code>
    </pre>
  </figure>
)
