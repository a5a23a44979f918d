/** VPC Block Public Access: https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html */
import { known, listed, response, unknown } from '../snapshot/known.ts'
import type { UnkeyedResponse } from '../snapshot/operations.ts'
import type { Known, Scope } from '../snapshot/types.ts'

const OPTIONS = 'ec2:DescribeVpcBlockPublicAccessOptions'
const EXCLUSIONS = 'ec2:DescribeVpcBlockPublicAccessExclusions'

export type PublicAccess = 'open' | 'block-ingress' | 'block-bidirectional'

/**
 * How a connection opens: from outside, from inside by an internet gateway, or from inside by a gateway that lets
 * nothing in (a NAT gateway, an egress-only internet gateway), which is all that "block-ingress" lets pass.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_BlockPublicAccessStates.html
 */
export type Opening = 'ingress' | 'egress' | 'egress-only'

/** Whether internet traffic of a subnet passes. */
export function publicAccess(
  scope: Scope,
  vpcId: string | undefined,
  subnetId: string | undefined,
  opening: Opening,
): Known<PublicAccess> {
  const options = response(scope, OPTIONS)
  if (!options.known) return options
  const mode = options.value.VpcBlockPublicAccessOptions?.InternetGatewayBlockMode
  if (mode === undefined) return unknown(OPTIONS, 'the response does not tell the block mode')
  if (mode === 'off' || (mode === 'block-ingress' && opening === 'egress-only')) return known('open')
  const exclusions = listed(scope, EXCLUSIONS, 'VpcBlockPublicAccessExclusions')
  if (!exclusions.known) return exclusions
  const rivals = exclusions.value.filter(
    ({ ResourceArn: arn }) => !arn || arn.endsWith(`/${vpcId}`) || arn.endsWith(`/${subnetId}`),
  )
  if (rivals.some((exclusion) => isFull(exclusion) && admits(exclusion, mode, opening))) return known('open')
  const cut = rivals.find((exclusion) => !isFull(exclusion))
  if (cut) return unknown(EXCLUSIONS, `${cut.ExclusionId} came without its resource, mode or state`)
  const moving = rivals.find(({ State = '' }) => !isSettled(State))
  if (moving) return unknown(EXCLUSIONS, `${moving.ExclusionId} is in ${moving.State}: it may count or not`)
  return known(mode === 'block-ingress' ? 'block-ingress' : 'block-bidirectional')
}

type Exclusion = NonNullable<UnkeyedResponse<typeof EXCLUSIONS>['VpcBlockPublicAccessExclusions']>[number]

/** While it changes, or where a change failed, what it was before may still count. */
const isSettled = (state: string): boolean => /-complete$|^create-failed$/.test(state)

const isFull = ({ ResourceArn, InternetGatewayExclusionMode, State }: Exclusion): boolean =>
  Boolean(ResourceArn && InternetGatewayExclusionMode && State)

/** An exclusion for what opens from inside is about the bidirectional mode; the other lets that pass by itself. */
const admits = (
  { InternetGatewayExclusionMode, State = '' }: Exclusion,
  mode: string,
  opening: Opening,
): boolean =>
  /^(create|update)-complete$/.test(State) &&
  (InternetGatewayExclusionMode === 'allow-bidirectional' ||
    (mode !== 'block-ingress' && opening !== 'ingress'))
