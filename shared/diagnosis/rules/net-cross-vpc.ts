/**
 * ECS registers tasks without AvailabilityZone=all, so a service cannot use a target group of another VPC.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html
 */
import type { Incident, ServiceFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

export const netCrossVpc: CauseRule = {
  code: 'net.cross-vpc',
  judge(incident) {
    if (!incident.group) return []
    if (!incident.services.known) return notKnown(incident.services.missing)
    const awsvpc = incident.services.value.filter(({ service }) => subnetsOf(service).length > 0)
    return awsvpc.length === 0 ? [] : awsvpc.flatMap((facts) => judgeService(incident, facts))
  },
}

function judgeService({ network, group, scope }: Incident, { service }: ServiceFacts): readonly Judgement[] {
  const vpcId = group?.targetGroup.VpcId
  const subnets = subnetsOf(service).map((id) => ({ id, vpcId: network.subnets.get(id)?.vpcId }))
  if (vpcId === undefined || subnets.some((subnet) => subnet.vpcId === undefined)) {
    return notKnown({
      missing: 'ec2:DescribeSubnets',
      because: `the VPC of the subnets of ${service.serviceName} is not known`,
    })
  }
  const foreign = subnets.filter((subnet) => subnet.vpcId !== vpcId)
  if (foreign.length === 0) return absent(`tasks run in ${vpcId}, the VPC of the target group`)
  const name = group?.targetGroup.TargetGroupName ?? ''
  const theirs = [...new Set(foreign.map((subnet) => subnet.vpcId))].join(', ')
  const event = service.events?.find(({ message }) => /failed to register targets/i.test(message ?? ''))
  return [
    {
      kind: 'present',
      confidence: 'proven',
      title: `Service ${service.serviceName} runs in ${theirs}, but target group ${name} belongs to ${vpcId}: ECS cannot register targets of another VPC`,
      component: { type: 'ecs-service', id: service.serviceArn, name: service.serviceName ?? '' },
      evidence: [
        {
          operation: 'ecs:DescribeServices',
          resource: service.serviceArn,
          field: 'networkConfiguration.awsvpcConfiguration.subnets',
          observed: foreign.map(({ id }) => id),
          expected: `subnets of ${vpcId}`,
        },
        {
          operation: 'elasticloadbalancing:DescribeTargetGroups',
          resource: group?.targetGroup.TargetGroupArn ?? '',
          field: 'VpcId',
          observed: vpcId,
          expected: theirs,
        },
        ...(event
          ? [
              {
                operation: 'ecs:DescribeServices',
                resource: service.serviceArn,
                field: 'events',
                observed: event.message,
                expected: 'targets are registered',
              },
            ]
          : []),
      ],
      targets: [],
      fixes: [recreate(name, theirs, scope.region)],
    },
  ]
}

const subnetsOf = (service: ServiceFacts['service']) =>
  service.networkConfiguration?.awsvpcConfiguration?.subnets ?? []

/** A target group's VPC cannot be changed. */
const recreate = (name: string, vpcId: string, region: string) => ({
  title: `Make a target group in ${vpcId} and attach the service to it`,
  patches: [],
  verifiable: false,
  manual: {
    cli: [
      `aws elbv2 create-target-group --name ${name}-2 --vpc-id ${vpcId} --target-type ip --protocol HTTP --port 80 --region ${region}`,
    ],
  },
})
