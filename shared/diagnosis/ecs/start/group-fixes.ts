/** Security-group rules that open exactly the way that a start needs. */
import { shortName } from '../../../services/names.ts'
import { listed } from '../../../snapshot/known.ts'
import type { IpPermission } from '../../../snapshot/types.ts'
import type { Fix, Patch } from '../../fix.ts'
import type { Incident } from '../../incident.ts'
import { type StartBreach, s3Gateway } from './claims.ts'
import type { StartBreaches } from './rule.ts'
import { distinct } from './words.ts'

type Peer = Partial<IpPermission>

const permission = (port: number, peer: Peer): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  ...peer,
})

/** Out to the endpoints' groups, to S3's own list of addresses where a gateway endpoint leads there, else to anywhere. */
export function egressFixes(breaches: StartBreaches, incident: Incident): readonly Fix[] {
  const { id: groupId, type } = breaches[0].blocker.component
  if (type !== 'security-group') return []
  const rules = distinctRules(
    breaches.flatMap(({ way, ...breach }) =>
      peersOf({ way, ...breach }, incident).map((peer) => permission(way.need.port, peer)),
    ),
  )
  const names = distinct(breaches.map(({ way }) => way.name)).join(', ')
  return [
    {
      title: `Let ${groupId} out to ${names}`,
      patches: rules.map(ruleOf(groupId, 'egress')),
      verifiable: true,
    },
  ]
}

function peersOf({ way }: StartBreach, incident: Incident): readonly Peer[] {
  if (way.resolution?.kind === 'endpoints') {
    return way.resolution.endpoints.flatMap(({ Groups = [] }) =>
      Groups.slice(0, 1).map(({ GroupId }) => ({ UserIdGroupPairs: [{ GroupId }] })),
    )
  }
  const list = way.name === 's3' && s3Gateway(incident.network, way.place.subnet.vpcId) && s3List(incident)
  return [list ? { PrefixListIds: [{ PrefixListId: list }] } : { IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]
}

function s3List({ scope }: Incident): string | undefined {
  const lists = listed(scope, 'ec2:DescribeManagedPrefixLists', 'PrefixLists')
  const found = (lists.known ? lists.value : []).find(
    ({ PrefixListName }) => shortName(PrefixListName ?? '') === 's3',
  )
  return found?.PrefixListId
}

/** Into the endpoint from the tasks' group, else from their subnets. */
export function admissionFixes(breaches: StartBreaches): readonly Fix[] {
  const { id: groupId, type } = breaches[0].blocker.component
  if (type !== 'security-group') return []
  const groups = distinct(breaches.flatMap(({ way }) => way.place.groupIds.slice(0, 1)))
  const cidrs = distinct(breaches.flatMap(({ way }) => way.place.subnet.cidr?.text ?? []))
  const rules = (peers: readonly Peer[]) =>
    peers.map((peer) => ruleOf(groupId, 'ingress')(permission(breaches[0].way.need.port, peer)))
  return [
    {
      title: `Admit the tasks’ security group ${groups.join(', ')} to ${groupId}`,
      patches: rules(groups.map((GroupId) => ({ UserIdGroupPairs: [{ GroupId }] }))),
      verifiable: true,
    },
    {
      title: `Admit the tasks’ subnets to ${groupId}`,
      patches: rules(cidrs.map((CidrIp) => ({ IpRanges: [{ CidrIp }] }))),
      verifiable: true,
    },
  ].filter(({ patches }) => patches.length > 0)
}

const ruleOf =
  (groupId: string, direction: 'ingress' | 'egress') =>
  (rule: IpPermission): Patch => ({ kind: 'security-group-rule', groupId, direction, permission: rule })

const distinctRules = (rules: readonly IpPermission[]): readonly IpPermission[] => [
  ...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values(),
]
