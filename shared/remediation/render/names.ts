/** Names of what exists, as names for snippets and for people. Names come from AWS and may hold anything. */

/** "sg-0a1b (web)", or the id alone. */
export const named = (id: string, name: string | undefined): string =>
  name ? `${id} (${oneLine(name)})` : id

/** Without characters that would end a comment or move a cursor. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim()

/** Letters and digits in groups, the first of which begins with a letter. */
export function wordsIn(parts: readonly string[]): readonly string[] {
  const words = parts.join(' ').match(/[A-Za-z0-9]+/g) ?? []
  return /^[0-9]/.test(words[0] ?? '0') ? ['r', ...words] : words
}

/** "bakery-web" of ".../targetgroup/bakery-web/0123456789abcdef", ".../app/shop/0123", ".../task-definition/web:12". */
export function nameInArn(arn: string): string {
  const parts = (arn.split(':').slice(5).join(':') || arn).split('/')
  const named = /^(loadbalancer|listener|listener-rule)$/.test(parts[0] ?? '') ? parts[2] : parts[1]
  return named ?? arn
}

export const nameTag = (
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
) => tags?.find(({ Key }) => Key === 'Name')?.Value
