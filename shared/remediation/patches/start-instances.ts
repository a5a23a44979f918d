import type { Scope } from '../../snapshot/types.ts'
import { aws } from '../render/cli.ts'
import { label, terraform } from '../render/terraform.ts'
import { changeListed } from './change.ts'
import type { PatchKind, PatchOf } from './kind.ts'
import { checkAgain } from './target-health.ts'

type Start = PatchOf<'start-instances'>

export const startInstances: PatchKind<Start> = {
  apply(scope, { instanceIds }) {
    const started = changeListed(scope, 'ec2:DescribeInstances', 'Reservations', (reservations) => {
      const ids = reservations.flatMap(({ Instances = [] }) => Instances.map(({ InstanceId }) => InstanceId))
      if (!instanceIds.every((id) => ids.includes(id))) return undefined
      return reservations.map((reservation) => ({
        ...reservation,
        Instances: reservation.Instances?.map((instance) =>
          instanceIds.includes(instance.InstanceId) ? { ...instance, State: { Name: 'running' } } : instance,
        ),
      }))
    })
    return (
      started &&
      targetGroupsOf(started).reduce(
        (made, arn) =>
          checkAgain(made, arn, 'Target.InvalidState', ({ Target }) => instanceIds.includes(Target.Id)),
        started,
      )
    )
  },

  step: ({ instanceIds }, { scope }) => ({
    title: `Start ${instanceIds.join(', ')}`,
    cli: [aws('ec2', 'start-instances', scope.region, { 'instance-ids': instanceIds })],
    terraform: instanceIds
      .map((id) =>
        terraform('aws_ec2_instance_state', label(id), { values: { instance_id: id, state: 'running' } }),
      )
      .join('\n'),
  }),

  opens: ({ instanceIds }) => `${instanceIds.join(', ')}, as far as the security groups admit it`,
}

const targetGroupsOf = (scope: Scope): readonly string[] =>
  Object.keys(scope.responses['elasticloadbalancing:DescribeTargetHealth'] ?? {})
