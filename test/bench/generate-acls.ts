/** Network ACLs: one per tier, shared by its three subnets, with 4 to 12 entries. */
import { ACCOUNT, id, isAttached, type Place, type PlacedSubnet, TIERS } from './places.ts'
import type { Random } from './random.ts'

const PORTS = [80, 443, 3000, 5432, 6379, 8000, 8080, 8443, 9090, 9200] as const

export function aclsOf(random: Random, place: Place) {
  const tiers = TIERS.map((_, tier) => {
    const entries = [...entriesOf(random, true), ...entriesOf(random, false)]
    return aclOf(
      place,
      tier,
      place.subnets.filter((subnet) => subnet.tier === tier),
      entries,
    )
  })
  if (!isAttached(place)) return tiers
  return [...tiers, aclOf(place, TIERS.length, place.transitSubnets, [true, false].flatMap(everythingPasses))]
}

function aclOf(place: Place, number: number, subnets: readonly PlacedSubnet[], Entries: readonly object[]) {
  const NetworkAclId = id('acl', place.vpc, number)
  return {
    Associations: subnets.map((subnet) => ({
      NetworkAclAssociationId: `aclassoc-${subnet.id.slice(-17)}`,
      NetworkAclId,
      SubnetId: subnet.id,
    })),
    Entries,
    IsDefault: number === 0,
    NetworkAclId,
    Tags: [],
    VpcId: place.vpcId,
    OwnerId: ACCOUNT,
  }
}

const everybody = (Egress: boolean) => ({ CidrBlock: '0.0.0.0/0', Egress, Protocol: '-1' })
const endOf = (Egress: boolean) => ({ ...everybody(Egress), RuleAction: 'deny', RuleNumber: 32767 })

const everythingPasses = (Egress: boolean) => [
  { ...everybody(Egress), RuleAction: 'allow', RuleNumber: 100 },
  endOf(Egress),
]

function entriesOf(random: Random, Egress: boolean) {
  const denies = Array.from({ length: random.between(0, 2) }, (_, number) => ({
    CidrBlock: `192.0.${random.below(255)}.0/24`,
    Egress,
    Protocol: '-1',
    RuleAction: 'deny',
    RuleNumber: 10 + number,
  }))
  const tcp = { Egress, Protocol: '6', RuleAction: 'allow' }
  const allows = Array.from({ length: random.between(0, 1) }, (_, number) => ({
    ...tcp,
    CidrBlock: '10.0.0.0/8',
    PortRange: { From: random.pick(PORTS), To: 10000 },
    RuleNumber: 100 + number,
  }))
  const last =
    random.below(4) === 0
      ? { ...tcp, CidrBlock: '0.0.0.0/0', PortRange: { From: 1, To: 61000 }, RuleNumber: 200 }
      : { ...everybody(Egress), RuleAction: 'allow', RuleNumber: 200 }
  return [...denies, ...allows, last, endOf(Egress)]
}
