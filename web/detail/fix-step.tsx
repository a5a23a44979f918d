import { useId, useState } from 'preact/hooks'
import type { RemediationStep } from '../../shared/findings/finding.ts'
import { Code } from '../parts/code.tsx'

const formsOf = ({ cli, cloudformation, terraform }: RemediationStep) =>
  [
    { name: 'AWS CLI', text: cli.length > 0 ? cli.join('\n') : undefined },
    { name: 'CloudFormation', text: cloudformation },
    { name: 'Terraform', text: terraform },
  ].flatMap(({ name, text }) => (text === undefined ? [] : [{ name, text }]))

/** One step, as command, CloudFormation or Terraform. */
export function FixStep({ step }: { readonly step: RemediationStep }) {
  const forms = formsOf(step)
  const [chosen, choose] = useState(forms[0]?.name)
  const group = useId()
  const form = forms.find(({ name }) => name === chosen)
  return (
    <>
      <p>{step.title}</p>
      {forms.length > 1 && (
        <fieldset class="forms">
          <legend class="visually-hidden">Show as</legend>
          {forms.map(({ name }) => (
            <label key={name}>
              <input type="radio" name={group} checked={name === chosen} onChange={() => choose(name)} />
              <span>{name}</span>
            </label>
          ))}
        </fieldset>
      )}
      {form && <Code label={form.name} text={form.text} />}
    </>
  )
}
