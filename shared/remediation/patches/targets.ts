import type { Scope, TargetHealthDescription } from '../../snapshot/types.ts'
import { aws } from '../render/cli.ts'
import { cloudformation, logicalId } from '../render/cloudformation.ts'
import { nameInArn } from '../render/names.ts'
import { label, terraform } from '../render/terraform.ts'
import { changeKeyed } from './change.ts'
import type { PatchKind, PatchOf } from './kind.ts'
import { REGISTERING } from './target-health.ts'

type Targets = PatchOf<'targets'>
type Target = Targets['targets'][number]

export const targets: PatchKind<Targets> = {
  apply: (scope, patch) =>
    changeKeyed(scope, 'elasticloadbalancing:DescribeTargetHealth', patch.targetGroupArn, (response) => {
      const { TargetHealthDescriptions: there } = response
      const changed =
        there && (patch.action === 'register' ? registered(scope, there, patch) : deregistered(there, patch))
      return changed && { ...response, TargetHealthDescriptions: changed }
    }),

  step({ targetGroupArn, action, targets: given }, { scope }) {
    const name = nameInArn(targetGroupArn)
    const list = given.map(structureOf)
    const title = `${action === 'register' ? 'Register' : 'Deregister'} ${textOf(given)} ${action === 'register' ? 'in' : 'from'} target group ${name}`
    const cli = [
      aws('elbv2', `${action}-targets`, scope.region, { 'target-group-arn': targetGroupArn, targets: list }),
    ]
    // In a template or a configuration, a target is taken out by deleting what names it.
    if (action === 'deregister') return { title, cli }
    return {
      title,
      cli,
      cloudformation: cloudformation(
        {
          [logicalId(name, 'targets')]: {
            Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
            Properties: { Targets: list },
          },
        },
        `Merge into the resource of target group ${name}`,
      ),
      terraform: given
        .map(({ id, port, availabilityZone }) =>
          terraform('aws_lb_target_group_attachment', label(name, id), {
            values: {
              target_group_arn: targetGroupArn,
              target_id: id,
              port,
              availability_zone: availabilityZone,
            },
          }),
        )
        .join('\n'),
    }
  },

  opens: ({ targetGroupArn, action, targets: given }) =>
    action === 'register'
      ? `${textOf(given)} for the clients of target group ${nameInArn(targetGroupArn)}`
      : undefined,
}

const structureOf = ({ id, port, availabilityZone }: Target) => ({
  Id: id,
  ...(port !== undefined && { Port: port }),
  ...(availabilityZone !== undefined && { AvailabilityZone: availabilityZone }),
})

const textOf = (given: readonly Target[]): string =>
  given.map(({ id, port }) => (port === undefined ? id : `${id} port ${port}`)).join(', ')

function registered(
  scope: Scope,
  there: readonly TargetHealthDescription[],
  { targetGroupArn, targets: given }: Targets,
): readonly TargetHealthDescription[] | undefined {
  const groups = scope.responses['elasticloadbalancing:DescribeTargetGroups']?.TargetGroups
  const group = groups?.find(({ TargetGroupArn }) => TargetGroupArn === targetGroupArn)
  if (!group) return undefined
  const added = given.map((target): TargetHealthDescription => {
    const port = target.port ?? group.Port
    const checked = group.HealthCheckPort === 'traffic-port' ? port?.toString() : group.HealthCheckPort
    return {
      Target: { ...structureOf(target), Port: port },
      HealthCheckPort: checked,
      TargetHealth: REGISTERING,
    }
  })
  const others = there.filter(
    (old) => !added.some(({ Target }) => Target.Id === old.Target.Id && Target.Port === old.Target.Port),
  )
  return [...others, ...added]
}

/** Without a port, all registrations of the id go. @returns undefined when one of them is not there */
function deregistered(
  there: readonly TargetHealthDescription[],
  { targets: given }: Targets,
): readonly TargetHealthDescription[] | undefined {
  const meant = ({ id, port }: Target, { Target: old }: TargetHealthDescription) =>
    old.Id === id && (port === undefined || old.Port === port)
  const allThere = given.every((target) => there.some((old) => meant(target, old)))
  return allThere ? there.filter((old) => !given.some((target) => meant(target, old))) : undefined
}
