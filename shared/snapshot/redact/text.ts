/** Sentences of AWS and commands of containers: what is in them is somebody's, the rest stays readable. */
import { parseAddress } from './addresses.ts'
import type { Pseudonyms } from './pseudonyms.ts'
import { isArn, isMacAddress, isTimestamp, redactForm, redactPart, redactValue } from './strings.ts'
import { isCommandWord, isMessageWord } from './vocabulary.ts'

/** Free text of AWS: names that are known from elsewhere, whatever has a form of its own, `(service web)`. */
export function redactText(text: string, pseudonyms: Pseudonyms): string {
  const named = text.replace(
    /\((service|task|cluster|container|instance|task-set|deployment) ([^()\s]+)\)/g,
    (_, kind, name) => {
      return `(${kind} ${redactValue(name, pseudonyms)})`
    },
  )
  return named.replace(/[\w*][\w*.:/@=-]*[\w*]|\w/g, (word) => redactWord(word, pseudonyms))
}

function redactWord(word: string, pseudonyms: Pseudonyms): string {
  if (/^name-\d+(-name-\d+)*$/.test(word) || isMessageWord(word)) return word
  if (isArn(word)) return redactValue(word, pseudonyms)
  if (isTimestamp(word) || /^[a-z\d-]+:[A-Z]\w+$/.test(word)) return word
  if (isMacAddress(word) || parseAddress(word)) return redactValue(word, pseudonyms)
  return word
    .split(/([/:@=])/)
    .map((part) =>
      pseudonyms.knows(part) && !isMessageWord(part)
        ? pseudonyms.name(part)
        : (redactForm(part, pseudonyms) ?? part),
    )
    .join('')
}

/** What a container runs: the words of probes stay. */
export function redactCommand(command: string, pseudonyms: Pseudonyms): string {
  return command.replace(/[\w*][\w*.-]*|--?\w[\w-]*/g, (word) =>
    isCommandWord(word.replace(/^-+/, '')) || isCommandWord(word) ? word : redactPart(word, pseudonyms),
  )
}
