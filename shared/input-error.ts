/** What a person gave is wrong: the message is one line that says what was given and what is allowed. */
export class InputError extends Error {
  override readonly name = 'InputError'
}
