/** Tasks that work, and cannot reach a service that they call: nothing of it shows in health checks. */
import * as aws from '../../fixtures/index.ts'
import { isFargate, type Traits } from '../traits.ts'
import { type Fault, type Scene, waysOf } from './fault.ts'

const isolated = (traits: Traits): boolean => isFargate(traits) && traits.place === 'isolated'

const mayCall = ({ world, stall }: Scene, actions: string, resource: string): void =>
  aws.putRolePolicy(world, `${stall.name}-task`, 'prices', aws.allowing(actions, resource))

const endpointFor = (scene: Scene, service: string, privateDns: boolean): string => {
  const { vpc, back } = scene.system.streets
  const groups = [waysOf(scene).group]
  return aws.interfaceEndpoint(scene.world, { vpc, service, subnets: back, groups, privateDns })
}

/** Whoever made an endpoint may have made it for any service in its VPC. */
const of = 'everybody'

/** DynamoDB without a gateway endpoint, whatever interface endpoint somebody made. */
const gatewayEndpointNeeded: Fault = {
  fits: isolated,
  strike: (scene) => {
    mayCall(scene, 'dynamodb:Query', 'arn:aws:dynamodb:ap-northeast-1:111122223333:table/prices')
    aws.servicePrefixList(scene.world, 'dynamodb')
    if (scene.random.below(2) === 0) endpointFor(scene, 'dynamodb', false)
  },
  of,
}

/** An endpoint of EC2's API in the place of one of OpenSearch Serverless'. */
const endpointWrongApi: Fault = {
  fits: isolated,
  strike: (scene) => {
    mayCall(
      scene,
      'aoss:APIAccessAll',
      'arn:aws:aoss:ap-northeast-1:111122223333:collection/0123456789abcdefghij',
    )
    endpointFor(scene, 'aoss', true)
  },
  of,
}

export const calls = {
  'svc.gateway-endpoint-needed': gatewayEndpointNeeded,
  'svc.endpoint-wrong-api': endpointWrongApi,
} as const
