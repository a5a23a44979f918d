import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeBlocks, escaped, inlineCode, packed } from '../../../shared/notifications/mrkdwn.ts'

const unescaped = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** Mostly what is special here. */
const texts = fc.string({ unit: fc.constantFrom('&', '<', '>', '`', 'a', ' ', 'é', '🔥'), maxLength: 60 })

describe('text in the markup of Slack', () => {
  it('escaped, it is what it was, or a beginning of it within the limit', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 80 }), (text, max) => {
        const result = escaped(text, max)
        expect(result.length).toBeLessThanOrEqual(max)
        if (result.endsWith('…')) {
          expect(text.startsWith(unescaped(result.slice(0, -1)))).toBe(true)
          expect(escaped(text, 1000).length).toBeGreaterThan(max)
        } else expect(unescaped(result)).toBe(text)
        expect(result).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)|[\ud800-\udbff](?![\udc00-\udfff])/)
      }),
    )
  })

  it('code in a line ends where it should', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(inlineCode(text, 40)).toMatch(/^`[^`]{1,38}`$/u)
      }),
    )
  })

  it('code in blocks loses nothing, breaks no line and ends where it should', () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 12 }), (lines) => {
        const blocks = codeBlocks(lines, 400, 'too long')
        for (const block of blocks) {
          expect(block.length).toBeLessThanOrEqual(400)
          expect(block.split('```')).toHaveLength(3)
        }
        const shown = blocks.map((block) => block.slice(4, -4)).join('\n')
        expect(unescaped(shown)).toBe(lines.join('\n').replaceAll('```', "'''"))
      }),
    )
  })

  it('half a command is not shown', () => {
    const blocks = codeBlocks(
      ['aws ec2 describe-vpcs', `aws ${'x'.repeat(100)}`, 'aws sts'],
      60,
      '# too long',
    )
    expect(blocks).toEqual(['```\naws ec2 describe-vpcs\n# too long\naws sts\n```'])
  })

  it('packed lines stay lines', () => {
    expect(packed([], 10)).toEqual([])
    expect(packed(['1234', '', '5678', '90'], 7)).toEqual(['1234\n', '5678\n90'])
  })
})
