/** One change of every kind, on a snapshot that holds what it changes. */
import type { Patch } from '../../shared/diagnosis/fix.ts'
import { compileNetwork, type Network } from '../../shared/network/network.ts'
import { applyPatch, opensOf, scopeOf, stepOf } from '../../shared/remediation/patches/index.ts'
import type { Scope, Snapshot } from '../../shared/snapshot/types.ts'
import * as aws from '../fixtures/index.ts'
import { bakeryCounters } from '../fixtures/themes/bakery-counters.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'
import { boxOffice } from '../fixtures/themes/box-office.ts'
import { checkoutGrpc } from '../fixtures/themes/checkout-grpc.ts'
import { orchardOrders } from '../fixtures/themes/orchard-orders.ts'
import { printShop } from '../fixtures/themes/print-shop.ts'
import { warehouseEc2 } from '../fixtures/themes/warehouse-ec2.ts'

export interface Case<P extends Patch = Patch> {
  readonly snapshot: Snapshot
  readonly patch: P
}

type Cases = { readonly [K in Patch['kind']]: Case<Extract<Patch, { kind: K }>> }

const bakery = bakeryShop()
const orchard = orchardOrders({ replyPorts: [32768, 61000] })
const checkout = checkoutGrpc()
const warehouse = stoppedWarehouse()
const counters = bakeryCounters()
const office = boxOffice()
const theatre = aws.snapshotOf(office.world)
const press = unroutedPress()
const isolated = aws.snapshotOf(press.world)

function unroutedPress() {
  const made = printShop()
  aws.removeRoute(made.world, made.table, made.s3List)
  aws.endpointOf(made.world, made.s3Endpoint).RouteTableIds = []
  return made
}

function stoppedWarehouse() {
  const made = warehouseEc2()
  const [first = ''] = made.instances
  aws.instanceOf(made.world, first).State = { Code: 80, Name: 'stopped' }
  aws.setHealth(
    made.world,
    made.targetGroup,
    { State: 'unused', Reason: 'Target.InvalidState' } as never,
    first,
  )
  return { ...made, first }
}

function forgottenGroup() {
  const shop = bakeryShop()
  const spare = aws.targetGroup(shop.world, { name: 'bakery-cakes', vpc: shop.vpc, port: 8000 })
  aws.rule(shop.world, { listener: shop.listener, priority: 7, targetGroup: shop.targetGroup })
  const unused = { State: 'unused', Reason: 'Target.NotInUse' } as never
  aws.registerTarget(shop.world, spare, {
    id: '10.0.10.77',
    port: 8000,
    zone: 'ap-northeast-1a',
    health: unused,
  })
  return { ...shop, spare }
}
const forgotten = forgottenGroup()

function thirdZone() {
  const shop = bakeryShop()
  const subnet = aws.subnet(shop.world, {
    vpc: shop.vpc,
    name: 'bakery-public-d',
    cidr: '10.0.2.0/24',
    zone: 'd',
  })
  const unused = { State: 'unused', Reason: 'Target.NotInUse' } as never
  aws.registerTarget(shop.world, shop.targetGroup, {
    id: '10.0.12.9',
    port: 8000,
    zone: 'ap-northeast-1d',
    health: unused,
  })
  return { ...shop, subnet }
}
export const zones = thirdZone()

const shop = aws.snapshotOf(bakery.world)

export const cases: Cases = {
  'security-group-rule': {
    snapshot: shop,
    patch: {
      kind: 'security-group-rule',
      groupId: bakery.albGroup,
      direction: 'egress',
      permission: {
        IpProtocol: 'tcp',
        FromPort: 9000,
        ToPort: 9000,
        UserIdGroupPairs: [{ GroupId: bakery.webGroup }],
      },
    },
  },
  'network-acl-entry': {
    snapshot: aws.snapshotOf(orchard.world),
    patch: {
      kind: 'network-acl-entry',
      aclId: orchard.secondAcl ?? '',
      entry: {
        RuleNumber: 119,
        Egress: false,
        Protocol: '6',
        RuleAction: 'allow',
        CidrBlock: '10.50.10.0/24',
        PortRange: { From: 1024, To: 65535 },
      },
    },
  },
  route: {
    snapshot: shop,
    patch: {
      kind: 'route',
      routeTableId: bakery.privateTable,
      route: { DestinationCidrBlock: '10.7.0.0/16', VpcPeeringConnectionId: 'pcx-0123456789abcdef0' },
      replaces: false,
    },
  },
  'target-group-settings': {
    snapshot: shop,
    patch: {
      kind: 'target-group-settings',
      targetGroupArn: bakery.targetGroup,
      settings: {
        HealthCheckProtocol: 'HTTP',
        HealthCheckPort: '8081',
        HealthCheckPath: "/it's up?",
        HealthCheckIntervalSeconds: 15,
        HealthCheckTimeoutSeconds: 10,
        UnhealthyThresholdCount: 3,
        Matcher: { HttpCode: '200,301' },
      },
    },
  },
  'target-group-attribute': {
    snapshot: aws.snapshotOf(checkout.world),
    patch: {
      kind: 'target-group-attribute',
      targetGroupArn: checkout.targetGroup,
      key: 'preserve_client_ip.enabled',
      value: 'true',
    },
  },
  'listener-rule': {
    snapshot: aws.snapshotOf(forgotten.world),
    patch: {
      kind: 'listener-rule',
      listenerArn: forgotten.listener,
      targetGroupArn: forgotten.spare,
      pathPattern: '/cakes/*',
    },
  },
  'load-balancer-subnets': {
    snapshot: aws.snapshotOf(zones.world),
    patch: { kind: 'load-balancer-subnets', loadBalancerArn: zones.loadBalancer, subnetIds: [zones.subnet] },
  },
  targets: {
    snapshot: shop,
    patch: {
      kind: 'targets',
      targetGroupArn: bakery.targetGroup,
      action: 'register',
      targets: [{ id: '10.9.0.5', port: 8000, availabilityZone: 'all' }, { id: '10.9.0.6' }],
    },
  },
  service: {
    snapshot: shop,
    patch: {
      kind: 'service',
      clusterArn: bakery.cluster,
      serviceName: 'web',
      settings: {
        healthCheckGracePeriodSeconds: 180,
        desiredCount: 3,
        subnets: [...bakery.privateSubnets].reverse(),
      },
    },
  },
  'container-definition': {
    snapshot: aws.snapshotOf(checkout.world),
    patch: {
      kind: 'container-definition',
      taskDefinitionArn: checkout.taskDefinition,
      containerName: 'grpc',
      container: {
        memory: 512,
        healthCheck: {
          command: ['CMD-SHELL', "probe -addr='localhost:50051' || exit 1"],
          interval: 15,
          startPeriod: 90,
        },
      },
      task: { cpu: '1024', memory: '2048' },
    },
  },
  'start-instances': {
    snapshot: aws.snapshotOf(warehouse.world),
    patch: { kind: 'start-instances', instanceIds: [warehouse.first] },
  },
  'private-link-enforcement': {
    snapshot: theatre,
    patch: {
      kind: 'private-link-enforcement',
      loadBalancerArn: office.nlb,
      groupIds: [office.nlbGroup],
      value: 'off',
    },
  },
  'rest-api-integration': {
    snapshot: theatre,
    patch: {
      kind: 'rest-api-integration',
      apiId: office.restApi,
      resourceId: office.world.resources[office.restApi]?.[0]?.id ?? '',
      httpMethod: 'GET',
      uri: 'http://seats.theatre.example:81/seats',
    },
  },
  'http-api-integration': {
    snapshot: theatre,
    patch: {
      kind: 'http-api-integration',
      apiId: office.httpApi,
      integrationId: office.world.integrations[office.httpApi]?.[0]?.IntegrationId ?? '',
      uri: office.nlbListener,
    },
  },
  'alias-health': {
    snapshot: aws.snapshotOf(counters.world),
    patch: {
      kind: 'alias-health',
      hostedZoneId: counters.zone,
      recordSet: counters.world.recordSets[counters.zone]?.[0] ?? { Name: '', Type: '' },
    },
  },
  'public-access-exclusion': {
    snapshot: shop,
    patch: { kind: 'public-access-exclusion', resourceId: bakery.vpc, mode: 'allow-bidirectional' },
  },
  'vpc-endpoint': {
    snapshot: isolated,
    patch: {
      kind: 'vpc-endpoint',
      endpointId: press.s3Endpoint,
      settings: {
        addRouteTableIds: [press.table],
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }],
        },
      },
    },
  },
  'new-vpc-endpoint': {
    snapshot: isolated,
    patch: {
      kind: 'new-vpc-endpoint',
      vpcId: press.vpc,
      service: 'ssm',
      place: { type: 'Interface', subnetIds: press.subnets, groupIds: [press.endpointGroup] },
    },
  },
  'open-search-endpoint': {
    snapshot: isolated,
    patch: {
      kind: 'open-search-endpoint',
      vpcId: press.vpc,
      name: 'archive',
      subnetIds: press.subnets,
      groupIds: [press.endpointGroup],
    },
  },
  'vpc-attribute': {
    snapshot: isolated,
    patch: { kind: 'vpc-attribute', vpcId: press.vpc, attribute: 'EnableDnsHostnames' },
  },
  'role-policy': {
    snapshot: isolated,
    patch: {
      kind: 'role-policy',
      roleName: 'press-execution',
      policyName: 'logs',
      document: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'logs:CreateLogGroup', Resource: '*' }],
      },
    },
  },
  'log-group': {
    snapshot: isolated,
    patch: {
      kind: 'log-group',
      name: '/print-shop/press',
      accountId: press.world.accountId,
      region: press.world.region,
    },
  },
}

export const everyCase: readonly (readonly [string, Case])[] = Object.entries(cases)

/** The context in which a cure of this one patch would be rendered. */
function contextOf({ snapshot, patch }: Case, network: Network = compileNetwork(snapshot)) {
  return {
    scope: scopeOf(snapshot, patch) ?? (snapshot.scopes[0] as Scope),
    network,
    earlier: [] as readonly Patch[],
  }
}

export const stepFor = (example: Case, earlier: readonly Patch[] = []) =>
  stepOf(example.patch, { ...contextOf(example), earlier })

export const opensFor = (example: Case) => opensOf(example.patch, contextOf(example))

/** The only scope after the patch. */
export function applied({ snapshot, patch }: Case): Scope {
  const scope = applyPatch(snapshot, patch)?.scopes[0]
  if (!scope) throw new Error(`${patch.kind} does not apply`)
  return scope
}
