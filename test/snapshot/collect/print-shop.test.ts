/** What a scoped collection holds of a private cluster, against all there is. */

import { describe, expect, test } from 'vitest'
import { everything } from '../../../shared/selection.ts'
import { collectForSelection } from '../../../shared/snapshot/collect/index.ts'
import { parseSnapshot } from '../../../shared/snapshot/parse.ts'
import { codes, diagnosed, missingFor } from '../../diagnosis/diagnosed.ts'
import { failToStart, removeEndpoint, says } from '../../diagnosis/start-failures.ts'
import * as aws from '../../fixtures/index.ts'
import { printShop } from '../../fixtures/themes/print-shop.ts'
import { awsOf } from './world-aws.ts'
import { taskAnswers } from './world-tasks.ts'

const PLACE = { region: 'eu-central-1' }
const caller = { GetCallerIdentity: { Account: '111122223333' } }

async function collect(world: aws.World) {
  const { clients } = awsOf(world, { ...taskAnswers(world), ...caller })
  const selection = { targetGroups: [], services: ['print-shop/press'], tasks: [] }
  const { scopes } = parseSnapshot(await collectForSelection(clients, selection))
  const [scope] = scopes
  if (!scope) throw new Error('no scope')
  return scope
}

const recorded = (world: aws.World) => aws.snapshotOf(world).scopes[0]?.responses ?? {}

describe('the service of the print shop', () => {
  test('comes with its roles, policies, image, secret, log group, endpoints and DNS as they are', async () => {
    const { world } = printShop(PLACE)
    const { responses, errors } = await collect(world)
    const all = recorded(world)
    expect(errors).toEqual({})
    for (const operation of [
      'iam:GetRole',
      'iam:ListAttachedRolePolicies',
      'iam:ListRolePolicies',
      'iam:GetRolePolicy',
      'iam:GetPolicyVersion',
      'ecr:DescribeImages',
      'ecr:GetRepositoryPolicy',
      'secretsmanager:DescribeSecret',
      'logs:DescribeLogGroups',
      'ec2:DescribeVpcEndpoints',
      'ec2:DescribeVpcAttribute',
      'ec2:DescribeManagedPrefixLists',
      'ec2:GetManagedPrefixListEntries',
    ] as const)
      expect(responses[operation], operation).toEqual(all[operation])
  })

  test('and with every interface, subnet and group of both ends and of the endpoints', async () => {
    const { world, albGroup, pressGroup, endpointGroup } = printShop(PLACE)
    const { responses } = await collect(world)
    const ids = (of: typeof responses) => ({
      interfaces: (of['ec2:DescribeNetworkInterfaces']?.NetworkInterfaces ?? [])
        .map(({ NetworkInterfaceId }) => NetworkInterfaceId)
        .sort(),
      subnets: (of['ec2:DescribeSubnets']?.Subnets ?? []).map(({ SubnetId }) => SubnetId).sort(),
    })
    expect(ids(responses)).toEqual(ids(recorded(world)))
    const groups = responses['ec2:DescribeSecurityGroups']?.SecurityGroups?.map(({ GroupId }) => GroupId)
    expect(groups?.sort()).toEqual([albGroup, pressGroup, endpointGroup].sort())
  })

  test('an endpoint that is not there is known not to be', async () => {
    const { world, ecrApiEndpoint, tasks, service } = printShop(PLACE)
    failToStart({ world, tasks, service }, says.ecrConnection)
    removeEndpoint(world, ecrApiEndpoint)
    const scope = await collect(world)
    const json = { schemaVersion: '1', collectedAt: world.at, scopes: [scope] }
    const diagnosis = diagnosed(json as unknown as aws.SnapshotJson, service)
    expect(codes(diagnosis)).toEqual(['ecs.vpce-missing'])
    expect(missingFor(diagnosis, 'ecs.vpce-missing')).toEqual([])
  })

  test('what the service needs and nobody has is told as an empty answer', async () => {
    const { world, secret } = printShop(PLACE)
    aws.removeImage(world, world.taskDefinitions[0]?.containerDefinitions?.[0]?.image ?? '')
    aws.detachPolicies(world, 'press-execution')
    aws.removeSecret(world, secret)
    aws.removeRole(world, 'press-task')
    const responses = recorded(world)
    expect(responses['ecr:DescribeImages']).toEqual({ 'print-shop/press': { imageDetails: [] } })
    expect(responses['iam:ListAttachedRolePolicies']?.['press-execution']).toEqual({ AttachedPolicies: [] })
    expect(responses['secretsmanager:DescribeSecret']).toEqual({ [`${secret}:password::`]: {} })
    expect(responses['iam:GetRole']?.['press-task']).toEqual({})
    aws.removeLogGroup(world, '/ecs/press')
    expect(recorded(world)['logs:DescribeLogGroups']).toEqual({ logGroups: [] })
  })
})

test('a task that does not start makes the health check of its group ask all of that, too', async () => {
  const { world, targetGroup, tasks } = printShop(PLACE)
  const { clients } = awsOf(world, taskAnswers(world))
  const healthy = await collectForSelection(clients, { ...everything, targetGroups: [targetGroup] })
  expect(healthy.scopes[0]?.responses).not.toHaveProperty('iam:GetRole')

  aws.stopTask(world, tasks[0] ?? '', {
    stopCode: 'TaskFailedToStart',
    stoppedReason: 'ResourceInitializationError: unable to pull secrets or registry auth',
  })
  const { clients: later } = awsOf(world, taskAnswers(world))
  const failing = await collectForSelection(later, { ...everything, targetGroups: [targetGroup] })
  expect(failing.scopes[0]?.responses['iam:GetRole']).toHaveProperty('press-execution')
})
