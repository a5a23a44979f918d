/** The other ends of a security-group rule: one resource each in CloudFormation and in Terraform. */
import type { IpPermission } from '../../snapshot/types.ts'
import type { Resource } from '../render/cloudformation.ts'
import type { PatchContext } from './kind.ts'

export interface Peer {
  readonly text: string
  readonly groupId?: string
  readonly cloudformation: (out: boolean) => Resource['Properties']
  readonly terraform: { readonly [argument: string]: string | undefined }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupegress.html */
export function peersOf(permission: IpPermission): readonly Peer[] {
  const plain = (
    text: string | undefined,
    property: (out: boolean) => string,
    argument: string,
    description?: string,
  ) =>
    text === undefined
      ? []
      : [
          {
            text,
            cloudformation: (out: boolean) => ({ [property(out)]: text, Description: description }),
            terraform: { [argument]: text, description },
          },
        ]
  return [
    ...(permission.UserIdGroupPairs ?? []).flatMap(groupPeer),
    ...(permission.IpRanges ?? []).flatMap((range) =>
      plain(range.CidrIp, () => 'CidrIp', 'cidr_ipv4', range.Description),
    ),
    ...(permission.Ipv6Ranges ?? []).flatMap((range) =>
      plain(range.CidrIpv6, () => 'CidrIpv6', 'cidr_ipv6', range.Description),
    ),
    ...(permission.PrefixListIds ?? []).flatMap((item) =>
      plain(
        item.PrefixListId,
        (out) => `${out ? 'Destination' : 'Source'}PrefixListId`,
        'prefix_list_id',
        item.Description,
      ),
    ),
  ]
}

function groupPeer({
  GroupId,
  UserId,
  Description,
}: NonNullable<IpPermission['UserIdGroupPairs']>[number]): readonly Peer[] {
  if (GroupId === undefined) return []
  const properties = (out: boolean) => ({
    [out ? 'DestinationSecurityGroupId' : 'SourceSecurityGroupId']: GroupId,
    SourceSecurityGroupOwnerId: out ? undefined : UserId,
    Description,
  })
  const referenced = UserId === undefined ? GroupId : `${UserId}/${GroupId}`
  const arguments_ = { referenced_security_group_id: referenced, description: Description }
  return [{ text: GroupId, groupId: GroupId, cloudformation: properties, terraform: arguments_ }]
}

/** The account is told only where the referenced group belongs to another one. */
export const withoutOwnAccount = (permission: IpPermission, { scope }: PatchContext): IpPermission => ({
  ...permission,
  UserIdGroupPairs: permission.UserIdGroupPairs?.map(({ GroupId, UserId, Description }) => ({
    GroupId,
    ...(UserId !== scope.accountId && { UserId }),
    Description,
  })),
})
