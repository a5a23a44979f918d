/** What is printed for a start that does not get out: complete, and no way of others is taken. */
import { describe, expect, it } from 'vitest'
import { servesPublic } from '../../../shared/diagnosis/ecs/start/public-neighbours.ts'
import type { Incident } from '../../../shared/diagnosis/incident.ts'
import { compileSnapshot } from '../../../shared/explain.ts'
import { parseSnapshot } from '../../../shared/snapshot/parse.ts'
import * as aws from '../../fixtures/index.ts'
import { warehouseEc2 } from '../../fixtures/themes/warehouse-ec2.ts'
import {
  bakeryShop,
  curesOf,
  failToStart,
  firstContainer,
  printShop,
  removeEndpoint,
  says,
} from '../start-failures.ts'

const code = 'ecs.no-egress-route'
const commandsOf = (world: aws.World) => curesOf(world, code).flatMap(({ commands }) => commands)

const defaultRouteOf = ({ world, publicTable }: ReturnType<typeof hostsInPublicSubnets>): object =>
  world.routeTables
    .find(({ RouteTableId }) => RouteTableId === publicTable)
    ?.Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === '0.0.0.0/0') ?? {}

/** Container instances without public addresses in public subnets, whose NAT gateway serves others. */
function hostsInPublicSubnets() {
  const made = warehouseEc2()
  failToStart(made, says.ecrConnection)
  for (const subnet of made.privateSubnets) aws.associateRouteTable(made.world, made.publicTable, subnet)
  return made
}

describe(`a cure of ${code}`, () => {
  it('mends the table of the NAT gateway’s own subnet where the tasks’ table leads to the gateway already', () => {
    const shop = bakeryShop()
    failToStart(shop, says.ecrConnection)
    aws.removeRoute(shop.world, shop.publicTable, '0.0.0.0/0')
    expect(curesOf(shop.world, code)).toEqual([
      {
        verified: true,
        commands: [
          `aws ec2 create-route --route-table-id ${shop.publicTable} --destination-cidr-block 0.0.0.0/0 --gateway-id ${shop.internetGateway} --region ap-northeast-1`,
        ],
      },
    ])
  })

  it('replaces a route that is there: AWS refuses a second one', () => {
    const shop = bakeryShop()
    failToStart(shop, says.ecrConnection)
    for (const gateway of shop.world.natGateways) gateway.State = 'failed'
    expect(commandsOf(shop.world).at(-1)).toMatch(
      new RegExp(`^aws ec2 replace-route --route-table-id ${shop.privateTable} .*--nat-gateway-id "\\$NAT"`),
    )
  })

  it('makes an internet gateway where the VPC has none', () => {
    const shop = printShop()
    Object.assign(firstContainer(shop), { image: 'nginx:1.29' })
    failToStart(
      shop,
      'CannotPullContainerError: failed to do request: Head "https://registry-1.docker.io/v2/library/nginx/manifests/1.29": dial tcp 52.1.2.3:443: i/o timeout',
    )
    aws.setEgress(shop.world, shop.pressGroup, aws.allowAll())
    const commands = commandsOf(shop.world)
    expect(commands[0]).toMatch(/^IGW=\$\(aws ec2 create-internet-gateway /)
    expect(commands).toContainEqual(
      `aws ec2 attach-internet-gateway --internet-gateway-id "$IGW" --vpc-id ${shop.vpc} --region ap-northeast-1`,
    )
    expect(commands.at(-1)).toMatch(new RegExp(`^aws ec2 create-route --route-table-id ${shop.table} `))
  })

  it('takes no route to the internet gateway from load balancers and NAT gateways beside the tasks', () => {
    const { world, publicTable } = hostsInPublicSubnets()
    const commands = commandsOf(world)
    expect(commands.length).toBeGreaterThan(4)
    expect(commands.filter((command) => command.includes(publicTable))).toEqual([])
    expect(commands).toContainEqual(
      expect.stringMatching(
        /^aws ec2 associate-route-table --route-table-id "\$TABLE" --subnet-id "\$TASK_SUBNET"/,
      ),
    )
  })

  it.each([
    ['a route in use serves them', { State: 'active' }, [], true],
    ['a route without its state may serve them', { State: undefined }, [], true],
    ['a blackhole serves nobody', { State: 'blackhole' }, [], false],
    ['interfaces of subnets that are not told may be there', { State: 'active' }, ['subnets'], true],
  ] as const)('%s', (_, state, untold, serves) => {
    const shop = hostsInPublicSubnets()
    Object.assign(defaultRouteOf(shop), state)
    if (untold.length > 0) shop.world.subnets.splice(0)
    const network = compileSnapshot(parseSnapshot(aws.snapshotOf(shop.world)))
    const [scope] = network.snapshot.scopes
    expect(servesPublic({ network, scope } as Incident, shop.publicTable)).toBe(serves)
  })

  it('takes it where a table serves nobody with a public address', () => {
    const { world, vpc, privateSubnets, internetGateway, natGateway } = hostsInPublicSubnets()
    const routes = [aws.route('0.0.0.0/0', internetGateway)]
    const table = aws.routeTable(world, { vpc, name: 'hosts', subnets: privateSubnets, routes })
    const [cure] = curesOf(world, code)
    expect(cure?.verified).toBe(true)
    expect(cure?.commands[0]).toMatch(
      new RegExp(`^aws ec2 replace-route --route-table-id ${table} .*--nat-gateway-id ${natGateway} `),
    )
  })
})

describe('a cure of ecs.private-dns-off', () => {
  it('at S3 is for all resolvers: AWS’s own choice asks for a gateway endpoint', () => {
    const { world, vpc, subnets, endpointGroup, ...shop } = printShop()
    failToStart({ world, ...shop }, says.layersConnection)
    removeEndpoint(world, shop.s3Endpoint)
    aws.removeRoute(world, shop.table, shop.s3List)
    const groups = [endpointGroup]
    aws.interfaceEndpoint(world, { vpc, service: 's3', subnets, groups, privateDns: false })
    const [cure] = curesOf(world, 'ecs.private-dns-off')
    expect(cure?.verified).toBe(true)
    expect(cure?.commands[0]).toContain(
      `--private-dns-enabled --dns-options '{"PrivateDnsOnlyForInboundResolverEndpoint":false}'`,
    )
  })
})
