/** VPC endpoints: AWS's services by interfaces in the task tier, S3 and DynamoDB by routes. */
import { networkInterface, serviceAttachment } from './generate-interfaces.ts'
import {
  ACCOUNT,
  id,
  nameTag,
  type Place,
  type PlacedSubnet,
  REGION,
  routeTableId,
  TASK_TIER,
  ZONES,
} from './places.ts'
import type { Random } from './random.ts'

const SERVICES = ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'ssm', 'sts'] as const
const FEWEST_SERVICES = 3
const FIRST_HOST = 4000

const POLICY = JSON.stringify({
  Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }],
})

/** Some of the services' public addresses, https://ip-ranges.amazonaws.com/ip-ranges.json */
export const SERVICE_LISTS = [
  { service: 's3', id: 'pl-61a54008', cidrs: ['3.5.152.0/21', '52.219.0.0/20', '52.219.16.0/22'] },
  { service: 'dynamodb', id: 'pl-78a54011', cidrs: ['52.119.208.0/23', '52.94.8.0/24'] },
] as const

/** Three to six of them. */
const servicesOf = ({ vpc }: Place) => SERVICES.slice(0, FEWEST_SERVICES + (vpc % 4))
const subnetsOf = ({ subnets }: Place) => subnets.filter(({ tier }) => tier === TASK_TIER)
const endpointId = ({ vpc }: Place, number: number) => id('vpce', vpc, number)
const endpointGroupId = ({ vpc }: Place) => id('sg', vpc, 0xffff)
const groupNamesOf = (place: Place) => [{ GroupId: endpointGroupId(place), GroupName: 'vpc-endpoints' }]
const interfaceIdOf = ({ vpc }: Place, subnet: PlacedSubnet, host: number) =>
  id('eni', vpc, subnet.tier, subnet.zone, host)

/** S3 everywhere, DynamoDB in every other VPC; only the tables of the private tiers lead there. */
export const gatewayEndpointsOf = (place: Place) =>
  SERVICE_LISTS.slice(0, 1 + (place.vpc % 2)).map(({ service, id: prefixListId }, number) => ({
    id: endpointId(place, SERVICES.length + number),
    service,
    prefixListId,
  }))

export const isTableOfEndpoints = (table: number) => table > 0

const commonOf = (place: Place, VpcEndpointId: string, service: string) => ({
  VpcEndpointId,
  VpcId: place.vpcId,
  ServiceName: `com.amazonaws.${REGION}.${service}`,
  State: 'available',
  PolicyDocument: POLICY,
  IpAddressType: 'ipv4',
  RequesterManaged: false,
  OwnerId: ACCOUNT,
  CreationTimestamp: '2026-03-02T08:10:00.000Z',
  Tags: nameTag(service),
})

export const endpointsOf = (place: Place) => [
  ...servicesOf(place).map((service, number) => ({
    ...commonOf(place, endpointId(place, number), service),
    VpcEndpointType: 'Interface',
    PrivateDnsEnabled: true,
    DnsOptions: { DnsRecordIpType: 'ipv4' },
    RouteTableIds: [],
    SubnetIds: subnetsOf(place).map((subnet) => subnet.id),
    NetworkInterfaceIds: subnetsOf(place).map((subnet) => interfaceIdOf(place, subnet, FIRST_HOST + number)),
    Groups: groupNamesOf(place),
    DnsEntries: [
      dnsEntry(`${endpointId(place, number)}-a1b2c3d4.${service}.${REGION}.vpce.amazonaws.com`),
      dnsEntry(`${service.split('.').reverse().join('.')}.${REGION}.amazonaws.com`),
    ],
  })),
  ...gatewayEndpointsOf(place).map((endpoint) => ({
    ...commonOf(place, endpoint.id, endpoint.service),
    VpcEndpointType: 'Gateway',
    PrivateDnsEnabled: false,
    RouteTableIds: ZONES.map((_, zone) => routeTableId(place.vpc, 1 + zone)),
    SubnetIds: [],
    NetworkInterfaceIds: [],
    Groups: [],
    DnsEntries: [],
  })),
]

const dnsEntry = (DnsName: string) => ({ DnsName, HostedZoneId: 'Z2E726K9Y6RL4W' })

/** One in each zone for every service. */
export const endpointInterfacesOf = (random: Random, place: Place) =>
  servicesOf(place).flatMap((_, number) =>
    subnetsOf(place).map((subnet) =>
      networkInterface(random, place, subnet, FIRST_HOST + number, {
        Attachment: serviceAttachment(random),
        Description: `VPC Endpoint Interface ${endpointId(place, number)}`,
        Groups: groupNamesOf(place),
        InterfaceType: 'vpc_endpoint',
        RequesterId: '727180483921',
        SourceDestCheck: true,
        TagSet: [],
      }),
    ),
  )

/** Everybody in the VPC may call. */
export const endpointGroupOf = (place: Place) => ({
  ...groupNamesOf(place)[0],
  IpPermissionsEgress: [],
  Tags: [],
  VpcId: place.vpcId,
  SecurityGroupArn: `arn:aws:ec2:${REGION}:${ACCOUNT}:security-group/${endpointGroupId(place)}`,
  OwnerId: ACCOUNT,
  Description: 'Interface endpoints',
  IpPermissions: [
    {
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      IpRanges: [{ CidrIp: `10.${place.vpc}.0.0/16` }],
      Ipv6Ranges: [],
      PrefixListIds: [],
      UserIdGroupPairs: [],
    },
  ],
})
