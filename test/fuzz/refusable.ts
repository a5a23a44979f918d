import { InputError } from '../../shared/input-error.ts'

/** One clear line that says what is wrong with the input is an answer; anything else that is thrown is a bug. */
export const refusable = <T>(step: () => T): T | 'refused' => {
  try {
    return step()
  } catch (error) {
    if (error instanceof InputError && error.message !== '' && !error.message.includes('\n')) return 'refused'
    throw error
  }
}
