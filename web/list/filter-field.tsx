import type { FilterName } from './filters.ts'

interface FilterFieldProps {
  readonly name: FilterName
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** What is offered. With `strict` nothing else can be chosen. */
  readonly choices: readonly string[]
  readonly strict?: boolean
  readonly placeholder?: string
}

export function FilterField(props: FilterFieldProps) {
  const { name, label } = props
  return (
    <label class="field" for={`filter-${name}`}>
      <span>{label}</span>
      {props.strict ? <Choice {...props} /> : <Text {...props} />}
    </label>
  )
}

const Choice = ({ name, value, onChange, choices }: FilterFieldProps) => (
  <select id={`filter-${name}`} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
    <option value="">any</option>
    {(value === '' || choices.includes(value) ? choices : [value, ...choices]).map((choice) => (
      <option key={choice} value={choice}>
        {choice}
      </option>
    ))}
  </select>
)

const Text = ({ name, value, onChange, choices, placeholder = '' }: FilterFieldProps) => (
  <>
    <input
      id={`filter-${name}`}
      list={`choices-${name}`}
      value={value}
      placeholder={placeholder}
      onChange={(event) => onChange(event.currentTarget.value.trim())}
      autocomplete="off"
      spellcheck={false}
    />
    <datalist id={`choices-${name}`}>
      {choices.map((choice) => (
        <option key={choice} value={choice} />
      ))}
    </datalist>
  </>
)
