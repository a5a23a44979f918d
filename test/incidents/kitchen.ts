/** The ECS service behind a stall. */
import { publicAddressFor } from '../fixtures/addresses.ts'
import * as aws from '../fixtures/index.ts'
import { image as imageIn } from '../fixtures/themes/two-zones.ts'
import type { Kitchen, Market, Stall } from './market.ts'

export function kitchen(market: Market, of: Omit<Stall, 'ecs'>): Kitchen {
  const { world, traits, cluster, cellar, streets } = market
  const { name, port, targetGroup } = of
  const fargate = traits.launch === 'fargate'
  const secret = aws.secret(world, `town/${name}`)
  const role = `${name}-execution`
  const image = imageIn(world, `town/${name}:7`)
  const mapping = traits.launch === 'bridge' ? `0:${port}` : port
  const more = { secrets: [{ name: 'TILL_KEY', valueFrom: secret }] }
  const taskDefinition = aws.taskDefinition(world, {
    family: name,
    networkMode: fargate ? 'awsvpc' : traits.launch === 'host' ? 'host' : 'bridge',
    executionRole: aws.executionRole(world, role, {
      secrets: aws.allowing('secretsmanager:GetSecretValue', secret),
    }),
    containers: [aws.container({ name, image, ports: [mapping], more })],
    volumes: cellar ? [aws.efsVolume('stock', cellar.id)] : [],
  })
  const targets = [{ targetGroup, container: name, port }]
  const options = { cluster, name, taskDefinition, targets, desired: 2 }
  const service = aws.ecsService(
    world,
    fargate
      ? {
          ...options,
          subnets: streets.back,
          groups: [of.group],
          assignPublicIp: traits.place === 'public',
        }
      : { ...options, launchType: 'EC2', desired: of.instances.length },
  )
  return { service, taskDefinition, image, role, secret, tasks: runAll(market, service, of) }
}

/** Two tasks on Fargate, one on each instance. */
function runAll(
  { world, traits, cluster, streets }: Market,
  service: string,
  of: Omit<Stall, 'ecs'>,
): readonly string[] {
  if (traits.launch !== 'fargate')
    return of.instances.map((id, index) =>
      aws.runTask(world, {
        service,
        name: String(index),
        containerInstance: aws.containerInstance(world, cluster, id),
        firstHostPort: 32768 + index,
      }),
    )
  return [0, 1].map((index) => {
    const subnet = streets.back[index % streets.back.length] ?? ''
    const task = aws.runTask(world, { service, name: String(index), subnet })
    const nic = aws.interfaceOf(world, aws.taskInterface(world, task))
    if (traits.place === 'public') nic.Association = { IpOwnerId: 'amazon', PublicIp: publicAddressFor(task) }
    return task
  })
}
