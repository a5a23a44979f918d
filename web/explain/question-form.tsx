import { useState } from 'preact/hooks'
import type { Draft, Field } from './question.ts'

interface QuestionFormProps {
  readonly draft: Draft
  readonly onAsk: (draft: Draft) => void
}

const LABELS: { readonly [F in Field]: readonly [label: string, placeholder: string] } = {
  from: ['From', 'i-0abc, eni-…, load balancer, task, address, internet'],
  to: ['To', 'the same, or a service such as ecr.api'],
  port: ['Port', 'every port'],
  protocol: ['Protocol', 'tcp'],
  sourcePort: ['Source ports', '1024-65535'],
}

export function QuestionForm({ draft, onAsk }: QuestionFormProps) {
  const [asked, setAsked] = useState(draft)
  const field = (name: Field, required = false) => (
    <label class="field" for={`explain-${name}`}>
      <span>{LABELS[name][0]}</span>
      <input
        id={`explain-${name}`}
        value={asked[name]}
        placeholder={LABELS[name][1]}
        required={required}
        onInput={(event) => setAsked({ ...asked, [name]: event.currentTarget.value })}
        autocomplete="off"
        spellcheck={false}
      />
    </label>
  )
  const submit = (event: Event) => {
    event.preventDefault()
    onAsk(asked)
  }
  return (
    <form class="question" onSubmit={submit}>
      {field('from', true)}
      {field('to', true)}
      {field('port')}
      {field('protocol')}
      {field('sourcePort')}
      <button type="submit">Explain</button>
    </form>
  )
}
