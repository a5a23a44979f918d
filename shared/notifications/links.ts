/** Where the page shows more, when it is known where the page is (FINDINGS_URL). */
import type { Link } from './content.ts'
import type { Message } from './message.ts'

/**
 * @param given the setting FINDINGS_URL, as it stands in the environment
 * @returns without a slash at its end; undefined when nothing is set
 * @throws Error when it is no http(s) address
 */
export function pageUrlOf(given: string | undefined): string | undefined {
  if (!given) return undefined
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol))
    throw new Error(
      `FINDINGS_URL is "${given}": give the address of the page, such as https://findings.example.com`,
    )
  const { origin, pathname } = new URL(given)
  return (origin + pathname).replace(/\/+$/, '')
}

export const findingLinks = ({
  pageUrl,
  findingId,
  code,
}: Pick<Message, 'pageUrl' | 'findingId' | 'code'>): readonly Link[] =>
  pageUrl === undefined
    ? []
    : [
        { text: 'This finding', url: `${pageUrl}/findings/${encodeURIComponent(findingId)}` },
        { text: `About ${code}`, url: `${pageUrl}/causes/${encodeURIComponent(code)}` },
      ]
