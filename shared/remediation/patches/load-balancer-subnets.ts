import type { LoadBalancer, Scope } from '../../snapshot/types.ts'
import { aws } from '../render/cli.ts'
import { cloudformation, logicalId } from '../render/cloudformation.ts'
import { nameInArn } from '../render/names.ts'
import { label, terraform } from '../render/terraform.ts'
import { subnetText } from '../words.ts'
import { changeListed, changeOne } from './change.ts'
import type { PatchContext, PatchKind, PatchOf } from './kind.ts'
import { hasOwnAddress, inTerraform, type MappedZone, mappingOf } from './subnet-mapping.ts'
import { checkAgain } from './target-health.ts'

type Subnets = PatchOf<'load-balancer-subnets'>

/** Zones that the patch does not name keep their subnet: a load balancer has one subnet per Availability Zone. */
export const loadBalancerSubnets: PatchKind<Subnets> = {
  apply(scope, { loadBalancerArn, subnetIds }) {
    const zones = zonesOf(scope, subnetIds)
    const changed = changeListed(
      scope,
      'elasticloadbalancing:DescribeLoadBalancers',
      'LoadBalancers',
      (balancers) =>
        changeOne(
          balancers,
          (balancer) => balancer.LoadBalancerArn === loadBalancerArn,
          (balancer) => zones && withZones(balancer, zones),
        ),
    )
    const enabled = zones?.map(({ ZoneName }) => ZoneName) ?? []
    return (
      changed &&
      groupsBehind(changed, loadBalancerArn).reduce(
        (made, arn) =>
          checkAgain(made, arn, 'Target.NotInUse', ({ Target }) => enabled.includes(Target.AvailabilityZone)),
        changed,
      )
    )
  },

  step(patch, context) {
    const { loadBalancerArn, subnetIds } = patch
    const name = nameInArn(loadBalancerArn)
    const zones = zonesAfter(patch, context)
    const subnets = zones.map(({ SubnetId }) => SubnetId)
    const mappings = zones.some(hasOwnAddress) ? zones.map(mappingOf) : undefined
    const note = `Merge into the resource of load balancer ${name}`
    return {
      title: `Enable ${subnetIds.map((id) => subnetText(context.network, id)).join(', ')} on load balancer ${name}`,
      cli: [
        aws('elbv2', 'set-subnets', context.scope.region, {
          'load-balancer-arn': loadBalancerArn,
          ...(mappings ? { 'subnet-mappings': mappings } : { subnets }),
        }),
      ],
      cloudformation: cloudformation(
        {
          [logicalId(name)]: {
            Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
            Properties: mappings ? { SubnetMappings: mappings } : { Subnets: subnets },
          },
        },
        note,
      ),
      terraform: terraform(
        'aws_lb',
        label(name),
        mappings
          ? { values: {}, blocks: { subnet_mapping: mappings.map((one) => ({ values: inTerraform(one) })) } }
          : { values: { subnets } },
        note,
      ),
    }
  },

  opens({ loadBalancerArn, subnetIds }, { network }) {
    const where = subnetIds.map((id) => subnetText(network, id)).join(', ')
    return `load balancer ${nameInArn(loadBalancerArn)} gets an address in ${where}, for its clients and towards its targets`
  },
}

type Zone = NonNullable<LoadBalancer['AvailabilityZones']>[number]

/** @returns undefined when a subnet or its zone is not known */
function zonesOf(scope: Scope, subnetIds: readonly string[]): readonly Zone[] | undefined {
  const subnets = scope.responses['ec2:DescribeSubnets']?.Subnets ?? []
  const zones = subnetIds.flatMap((SubnetId) => {
    const ZoneName = subnets.find((subnet) => subnet.SubnetId === SubnetId)?.AvailabilityZone
    return ZoneName === undefined ? [] : [{ SubnetId, ZoneName }]
  })
  return zones.length === subnetIds.length ? zones : undefined
}

function withZones(balancer: LoadBalancer, zones: readonly Zone[]): LoadBalancer | undefined {
  const { AvailabilityZones } = balancer
  const kept = AvailabilityZones?.filter((old) => !zones.some(({ ZoneName }) => ZoneName === old.ZoneName))
  const added = zones.map(
    (zone) => AvailabilityZones?.find(({ SubnetId }) => SubnetId === zone.SubnetId) ?? zone,
  )
  return kept && { ...balancer, AvailabilityZones: [...kept, ...added] }
}

/** What set-subnets needs: all subnets that the load balancer has then. */
function zonesAfter({ loadBalancerArn, subnetIds }: Subnets, { scope }: PatchContext): readonly MappedZone[] {
  const balancers = scope.responses['elasticloadbalancing:DescribeLoadBalancers']?.LoadBalancers
  const balancer = balancers?.find(({ LoadBalancerArn }) => LoadBalancerArn === loadBalancerArn)
  const zones = zonesOf(scope, subnetIds)
  const after = balancer && zones && withZones(balancer, zones)
  return (after?.AvailabilityZones ?? subnetIds.map((SubnetId) => ({ SubnetId }))).flatMap((zone) =>
    zone.SubnetId === undefined ? [] : [{ ...zone, SubnetId: zone.SubnetId }],
  )
}

const groupsBehind = (scope: Scope, loadBalancerArn: string): readonly string[] =>
  (scope.responses['elasticloadbalancing:DescribeTargetGroups']?.TargetGroups ?? [])
    .filter(({ LoadBalancerArns }) => LoadBalancerArns?.includes(loadBalancerArn))
    .map(({ TargetGroupArn }) => TargetGroupArn)
