/** What layers of a transit gateway answer. */
import type { TransitVpcAttachment } from '../network/transit-gateways.ts'
import type { GatewayOutcome } from './layers.ts'
import type { Packet } from './packet.ts'
import type { DecidingRule } from './result.ts'

export const pass = (explanation: () => string, rule?: DecidingRule): GatewayOutcome => ({
  verdict: 'pass',
  explanation,
  ...(rule && { rule }),
})

export const block = (code: string, explanation: () => string, rule?: DecidingRule): GatewayOutcome => ({
  verdict: 'block',
  code,
  explanation,
  ...(rule && { rule }),
})

export const unknown = (missing: string, because: string): GatewayOutcome => ({
  verdict: 'unknown',
  missing: { missing, because },
})

const OPERATION = 'ec2:DescribeTransitGatewayVpcAttachments'

/** While an attachment is modified it goes on working. */
export const USABLE_STATES: readonly (string | undefined)[] = ['available', 'modifying']

/** @returns undefined where the attachment takes packets of this family */
export function attachmentState(
  { TransitGatewayAttachmentId: id, State: state, Options }: TransitVpcAttachment,
  { destination }: Packet,
): GatewayOutcome | undefined {
  if (state === undefined) return unknown(OPERATION, `${id} came without its state`)
  if (!USABLE_STATES.includes(state))
    return block('BAD_STATE_ATTACHMENT', () => `${id} is ${state}, not available`)
  if (typeof destination === 'number' || Options?.Ipv6Support === 'enable') return undefined
  return Options?.Ipv6Support === undefined
    ? unknown(OPERATION, `whether ${id} carries IPv6 is not told`)
    : block('PROTOCOL_RESTRICTION', () => `${id} carries no IPv6: its IPv6 support is off`)
}
