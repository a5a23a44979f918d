/** Slack's own limits, written down a second time. https://docs.slack.dev/reference/block-kit/blocks */
import * as z from 'zod'

const plain = (max: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().optional(),
  })

const mrkdwn = (max: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().optional(),
  })

const blockSchema = z.union([
  z.strictObject({ type: z.literal('header'), text: plain(150) }),
  z.strictObject({ type: z.literal('section'), text: z.union([plain(3000), mrkdwn(3000)]) }),
  z.strictObject({ type: z.literal('section'), fields: z.array(mrkdwn(2000)).min(1).max(10) }),
])

const bodySchema = z.looseObject({
  text: z.string().min(1).max(40_000),
  blocks: z.array(blockSchema).max(50).optional(),
})

/** @returns what Slack would find wrong with a message */
export const blockProblem = (body: unknown): string | undefined => bodySchema.safeParse(body).error?.message
