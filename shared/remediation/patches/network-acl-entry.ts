import type { NetworkAcl, NetworkAclEntry } from '../../snapshot/types.ts'
import { aws } from '../render/cli.ts'
import { cloudformation, logicalId } from '../render/cloudformation.ts'
import { named, nameTag } from '../render/names.ts'
import { label, terraform } from '../render/terraform.ts'
import { counted, inSubnets, trafficText } from '../words.ts'
import { changeById, changeListed } from './change.ts'
import type { PatchContext, PatchKind, PatchOf } from './kind.ts'

type Entry = PatchOf<'network-acl-entry'>

export const networkAclEntry: PatchKind<Entry> = {
  apply: (scope, { aclId, entry }) =>
    changeListed(scope, 'ec2:DescribeNetworkAcls', 'NetworkAcls', (acls) =>
      changeById(acls, 'NetworkAclId', aclId, (acl) => withEntry(acl, entry)),
    ),

  step({ aclId, entry }, context) {
    const name = aclOf(aclId, context)?.Tags
    const names = [nameTag(name) ?? aclId, entry.Egress ? 'egress' : 'ingress', String(entry.RuleNumber)]
    return {
      title: `Rule ${entry.RuleNumber} of ${named(aclId, nameTag(name))}: ${entry.RuleAction} ${trafficOf(entry)} ${entry.Egress ? 'out to' : 'in from'} ${peerOf(entry)}`,
      cli: [aws('ec2', 'create-network-acl-entry', context.scope.region, options(aclId, entry))],
      cloudformation: cloudformation({
        [logicalId(...names)]: {
          Type: 'AWS::EC2::NetworkAclEntry',
          Properties: {
            NetworkAclId: aclId,
            RuleNumber: entry.RuleNumber,
            Egress: entry.Egress,
            Protocol: Number(entry.Protocol),
            RuleAction: entry.RuleAction,
            CidrBlock: entry.CidrBlock,
            Ipv6CidrBlock: entry.Ipv6CidrBlock,
            PortRange: entry.PortRange,
            Icmp: entry.IcmpTypeCode,
          },
        },
      }),
      terraform: terraform('aws_network_acl_rule', label(...names), {
        values: {
          network_acl_id: aclId,
          rule_number: entry.RuleNumber,
          egress: entry.Egress,
          protocol: entry.Protocol,
          rule_action: entry.RuleAction,
          cidr_block: entry.CidrBlock,
          ipv6_cidr_block: entry.Ipv6CidrBlock,
          from_port: entry.PortRange?.From,
          to_port: entry.PortRange?.To,
          icmp_type: entry.IcmpTypeCode?.Type,
          icmp_code: entry.IcmpTypeCode?.Code,
        },
      }),
    }
  },

  opens({ aclId, entry }, context) {
    const acl = aclOf(aclId, context)
    const subnets = (acl?.Associations ?? []).map(({ SubnetId }) => SubnetId)
    const who = `the ${subnets.length} subnet${subnets.length === 1 ? '' : 's'} of ${named(aclId, nameTag(acl?.Tags))} with ${counted(context.network, inSubnets(context.network, subnets))}`
    const way = entry.Egress ? `from ${who} to ${peerOf(entry)}` : `from ${peerOf(entry)} to ${who}`
    return `${trafficOf(entry)} ${way}, as far as security groups admit it`
  },
}

/** @returns undefined when the entries are not known, or the number is taken: AWS refuses a second one */
function withEntry(acl: NetworkAcl, entry: NetworkAclEntry): NetworkAcl | undefined {
  const taken = acl.Entries?.some(
    ({ RuleNumber, Egress }) => RuleNumber === entry.RuleNumber && Egress === entry.Egress,
  )
  return taken || !acl.Entries ? undefined : { ...acl, Entries: [...acl.Entries, entry] }
}

const aclOf = (aclId: string, { scope }: PatchContext): NetworkAcl | undefined =>
  scope.responses['ec2:DescribeNetworkAcls']?.NetworkAcls?.find(({ NetworkAclId }) => NetworkAclId === aclId)

const options = (aclId: string, entry: NetworkAclEntry) => ({
  'network-acl-id': aclId,
  [entry.Egress ? 'egress' : 'ingress']: true,
  'rule-number': entry.RuleNumber,
  protocol: protocols.get(entry.Protocol) ?? entry.Protocol,
  'port-range': entry.PortRange,
  'icmp-type-code': entry.IcmpTypeCode,
  'cidr-block': entry.CidrBlock,
  'ipv6-cidr-block': entry.Ipv6CidrBlock,
  'rule-action': entry.RuleAction,
})

/** The AWS CLI takes these names; a bare -1 would look like an option. */
const protocols: ReadonlyMap<string, string> = new Map([
  ['-1', 'all'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['1', 'icmp'],
])

const peerOf = ({ CidrBlock, Ipv6CidrBlock }: NetworkAclEntry): string =>
  CidrBlock ?? Ipv6CidrBlock ?? 'anywhere'

const trafficOf = ({ Protocol, PortRange }: NetworkAclEntry): string =>
  trafficText(Protocol, PortRange?.From, PortRange?.To)
