import { useEffect, useState } from 'preact/hooks'

interface CopyButtonProps {
  readonly text: string
  /** What is copied, for who does not see what the button stands beside. */
  readonly what: string
}

const TOLD_FOR = 2_000

/** Says whether it worked: a browser may refuse the clipboard. */
export function CopyButton({ text, what }: CopyButtonProps) {
  const [told, setTold] = useState<'Copied' | 'Select and copy it yourself'>()
  useEffect(() => {
    if (!told) return
    const timer = setTimeout(() => setTold(undefined), TOLD_FOR)
    return () => clearTimeout(timer)
  }, [told])
  const copy = () =>
    navigator.clipboard?.writeText(text).then(
      () => setTold('Copied'),
      () => setTold('Select and copy it yourself'),
    ) ?? setTold('Select and copy it yourself')
  return (
    <span class="copy">
      <button type="button" onClick={copy} aria-label={`Copy ${what}`}>
        Copy
      </button>
      <span role="status">{told}</span>
    </span>
  )
}
