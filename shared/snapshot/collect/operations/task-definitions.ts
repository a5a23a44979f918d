import type { Responses } from '../../types.ts'

/** The task definitions in use: by services, their deployments, and tasks that run or ran of late. */
export function taskDefinitionsOf(responses: Responses): readonly string[] {
  const services = Object.values(responses['ecs:DescribeServices'] ?? {}).flatMap((one) => one.services ?? [])
  const tasks = Object.values(responses['ecs:DescribeTasks'] ?? {}).flatMap((one) => one.tasks ?? [])
  const arns = [
    ...services.flatMap((service) => [
      service.taskDefinition,
      ...(service.deployments ?? []).map((deployment) => deployment.taskDefinition),
    ]),
    ...tasks.map((task) => task.taskDefinitionArn),
  ]
  return [...new Set(arns.filter((arn) => arn !== undefined))]
}
