/**
 * Where neither the chat (Slack or Teams) is known nor its markup can be switched off, the signs of both are
 * replaced by others that look like them.
 */
import { escaped } from './mrkdwn.ts'

const LOOKALIKES: Readonly<Record<string, string>> = {
  '*': '∗',
  _: '＿',
  '~': '∼',
  '`': "'",
  '[': '［',
  ']': '］',
  '@': '＠',
}

/**
 * One line of a message whose markup is the chat's: what would be markup, a mention or a link is replaced.
 * @param max characters
 */
export const prose = (text: string, max: number): string =>
  escaped(
    text.replace(/[*~`[\]@]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, (sign) => LOOKALIKES[sign] ?? sign),
    max,
  ).replaceAll('://', ':∕∕')
