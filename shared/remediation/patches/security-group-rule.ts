import type { IpPermission, SecurityGroup } from '../../snapshot/types.ts'
import { aws } from '../render/cli.ts'
import { cloudformation, logicalId, type Resource } from '../render/cloudformation.ts'
import { label, terraform } from '../render/terraform.ts'
import { groupText, trafficText } from '../words.ts'
import { changeById, changeListed } from './change.ts'
import { groupRuleText } from './group-rule-text.ts'
import type { PatchContext, PatchKind, PatchOf } from './kind.ts'
import { type Peer, peersOf, withoutOwnAccount } from './security-group-peers.ts'

type Rule = PatchOf<'security-group-rule'>

export const securityGroupRule: PatchKind<Rule> = {
  apply: (scope, { groupId, direction, permission }) =>
    changeListed(scope, 'ec2:DescribeSecurityGroups', 'SecurityGroups', (groups) =>
      changeById(groups, 'GroupId', groupId, (group) => admit(group, direction, permission)),
    ),

  step(patch, context) {
    const { groupId, direction } = patch
    const permission = withoutOwnAccount(patch.permission, context)
    const out = direction === 'egress'
    const peers = peersOf(permission)
    const traffic = trafficOf(permission)
    const others = peers.map((peer) => peerText(peer, context)).join(', ')
    return {
      title: `Allow ${traffic} ${out ? 'out of' : 'into'} ${groupText(context.network, groupId)} ${out ? 'to' : 'from'} ${others}`,
      cli: [
        aws('ec2', `authorize-security-group-${direction}`, context.scope.region, {
          'group-id': groupId,
          'ip-permissions': [permission],
        }),
      ],
      cloudformation: cloudformation(
        Object.fromEntries(
          peers.map((peer, index) => [
            logicalId(...namesOf(patch, context), suffix(index)),
            resourceOf(patch, permission, peer),
          ]),
        ),
        INLINE,
      ),
      terraform: peers
        .map((peer, index) =>
          terraform(
            `aws_vpc_security_group_${direction}_rule`,
            label(...namesOf(patch, context), suffix(index)),
            { values: { security_group_id: groupId, ...portsOf(permission).terraform, ...peer.terraform } },
            INLINE,
          ),
        )
        .join('\n'),
    }
  },

  opens: groupRuleText,
}

/** A rule of its own is lost when the group's rules stand in the group, and the other way round. */
const INLINE = 'If the rules stand inside the security group, write it there instead'

function admit(
  group: SecurityGroup,
  direction: Rule['direction'],
  permission: IpPermission,
): SecurityGroup | undefined {
  const field = direction === 'ingress' ? 'IpPermissions' : 'IpPermissionsEgress'
  const rules = group[field]
  return rules && { ...group, [field]: [...rules, permission] }
}

const trafficOf = ({ IpProtocol = '-1', FromPort, ToPort }: IpPermission): string =>
  trafficText(IpProtocol, FromPort, ToPort)

const suffix = (index: number): string => (index === 0 ? '' : String(index + 1))

const namesOf = ({ groupId, direction, permission }: Rule, { network }: PatchContext): readonly string[] => {
  const name = network.groups[network.groupIndex.get(groupId) ?? -1]?.name
  return [name ?? groupId, direction, trafficOf(permission)]
}

const peerText = ({ groupId, text }: Peer, { network }: PatchContext): string =>
  groupId === undefined ? text : groupText(network, groupId)

const resourceOf = ({ groupId, direction }: Rule, permission: IpPermission, peer: Peer): Resource => ({
  Type: direction === 'egress' ? 'AWS::EC2::SecurityGroupEgress' : 'AWS::EC2::SecurityGroupIngress',
  Properties: {
    GroupId: groupId,
    ...portsOf(permission).cloudformation,
    ...peer.cloudformation(direction === 'egress'),
  },
})

/** All protocols have no ports. */
function portsOf({ IpProtocol = '-1', FromPort, ToPort }: IpPermission) {
  const ports = IpProtocol === '-1' ? {} : { FromPort, ToPort }
  return {
    cloudformation: { IpProtocol, ...ports },
    terraform: { ip_protocol: IpProtocol, from_port: ports.FromPort, to_port: ports.ToPort },
  }
}
