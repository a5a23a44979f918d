/** AWS services and VPC endpoints as destinations, seen by the ticket office of the railway. */
import { describe, expect, it } from 'vitest'
import { compileSnapshot, explainQuery, type Query } from '../../shared/explain.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import * as aws from '../fixtures/index.ts'
import { railway } from '../fixtures/themes/railway.ts'

type Railway = ReturnType<typeof railway>
type Json = ReturnType<typeof aws.jsonOf>

interface Change {
  readonly world?: (line: Railway) => void
  readonly json?: (json: Json) => Json
}

/** What the clerk hears who asks for `to`. */
function ask(to: string | ((line: Railway) => string), change: Change = {}, more: Partial<Query> = {}) {
  const line = railway()
  change.world?.(line)
  const json = aws.jsonOf(line.world)
  const network = compileSnapshot(parseSnapshot(change.json?.(json) ?? json))
  const destination = typeof to === 'string' ? to : to(line)
  return explainQuery(network, { from: line.clerk, to: destination, ...more })
}

const endpoint = ({ world, ecrEndpoint }: Railway) => aws.endpointOf(world, ecrEndpoint)
const isolate = ({ world, tickets }: Railway) => aws.removeRoute(world, tickets.table, '0.0.0.0/0')
const dns = ({ world, tickets }: Railway, attribute: string) =>
  Object.assign(world.vpcAttributes[tickets.vpc] ?? {}, { [attribute]: { Value: false } })

describe('the name of a service', () => {
  it('resolves to the endpoint with private DNS, on port 443 if nothing else is asked for', () => {
    const { verdict, forward, flow } = ask('ecr.api')
    expect(verdict).toBe('reachable')
    expect(flow).toMatchObject({ destination: 'ecr.api', destinationPorts: '443' })
    expect(forward[0]).toMatchObject({ sequence: 1, component: { type: 'aws-service', id: 'ecr.api' } })
    expect(forward[0]?.explanation).toContain('by private DNS')
  })

  it('may be written in full', () => {
    expect(ask('com.amazonaws.ap-northeast-1.ecr.api').flow.destination).toBe('ecr.api')
  })

  it('leads to the group of the endpoint: without 443 it is blocked', () => {
    const world = ({ world, endpointGroup }: Railway) => aws.setIngress(world, endpointGroup)
    const { verdict, blockers } = ask('ecr.api', { world })
    expect(verdict).toBe('blocked')
    expect(blockers[0]).toMatchObject({ direction: 'ingress', awsExplanationCode: 'ENI_SG_RULES_MISMATCH' })
  })

  it.each([
    [
      'has private DNS switched off',
      (line: Railway) => Object.assign(endpoint(line), { PrivateDnsEnabled: false }),
    ],
    ['is pending, not available', (line: Railway) => Object.assign(endpoint(line), { State: 'pending' })],
    ['DNS host names are off', (line: Railway) => dns(line, 'EnableDnsHostnames')],
  ])('resolves to public addresses where the endpoint %s', (words, change) => {
    const open = ask('ecr.api', { world: change })
    expect(open.forward[0]?.explanation).toContain(words)
    expect(open.verdict).toBe('reachable')
    const isolated = ask('ecr.api', {
      world: (line) => {
        change(line)
        isolate(line)
      },
    })
    expect(isolated.verdict).toBe('blocked')
    expect(isolated.blockers[0]?.awsExplanationCode).toBe('NO_ROUTE_TO_DESTINATION')
  })

  it('is not known where another DNS server answers', () => {
    const { verdict, unknown } = ask('ecr.api', { world: (line) => dns(line, 'EnableDnsSupport') })
    expect(verdict).toBe('unknown')
    expect(unknown[0]?.missing).toBe('ec2:DescribeDhcpOptions')
  })

  it('is not known without the endpoints, though nothing leads out: one of them may answer', () => {
    const untold = (json: Json) => aws.withError(json, 'ec2:DescribeVpcEndpoints')
    expect(ask('ecr.api', { world: isolate, json: untold }).verdict).toBe('unknown')
  })

  it.each(['ec2:DescribeVpcEndpoints', 'ec2:DescribeVpcAttribute'] as const)(
    'is not known without %s',
    (operation) => {
      const { verdict, unknown } = ask('ecr.api', { json: (json) => aws.withoutOperation(json, operation) })
      expect(verdict).toBe('unknown')
      expect(unknown.map(({ missing }) => missing)).toContain(operation)
    },
  )

  it('is blocked without the DNS attributes, too, where neither way is open', () => {
    const { verdict } = ask('ecr.api', {
      world: (line) => {
        isolate(line)
        aws.setIngress(line.world, line.endpointGroup)
      },
      json: (json) => aws.withoutOperation(json, 'ec2:DescribeVpcAttribute'),
    })
    expect(verdict).toBe('blocked')
  })

  it('that nobody knows is not guessed at', () => {
    const { verdict, unknown } = ask('ecr-api')
    expect(verdict).toBe('unknown')
    expect(unknown[0]?.because).toContain('is it spelt')
  })

  it('of DynamoDB is not answered by an interface endpoint', () => {
    const world = (line: Railway) => {
      isolate(line)
      const { vpc, subnets } = line.tickets
      aws.interfaceEndpoint(line.world, { vpc, service: 'dynamodb', subnets, privateDns: true })
    }
    const { verdict, forward } = ask('dynamodb', { world })
    expect(verdict).toBe('blocked')
    expect(forward[0]?.explanation).toContain('the service has no private DNS')
  })

  it('of S3 is not answered inside by an endpoint for inbound Resolver endpoints only', () => {
    const world = ({ world, tickets, endpointGroup }: Railway) =>
      aws.interfaceEndpoint(world, {
        vpc: tickets.vpc,
        service: 's3',
        subnets: tickets.subnets,
        groups: [endpointGroup],
        more: { DnsOptions: { DnsRecordIpType: 'ipv4', PrivateDnsOnlyForInboundResolverEndpoint: true } },
      })
    const { forward } = ask('s3', { world })
    expect(forward[0]?.explanation).toContain('inbound Resolver')
    expect(forward.map(({ component }) => component.type)).toContain('vpc-endpoint')
  })
})

describe('OpenSearch Serverless', () => {
  const summaries =
    (...list: readonly object[]) =>
    (json: Json) =>
      aws.patched(json, ({ responses }) => {
        Object.assign(responses, {
          'opensearchserverless:ListVpcEndpoints': { vpcEndpointSummaries: list },
        })
      })

  it('is not served by an endpoint of EC2’s API', () => {
    const world = ({ world, tickets }: Railway) =>
      aws.interfaceEndpoint(world, { vpc: tickets.vpc, service: 'aoss', subnets: tickets.subnets })
    const { forward } = ask('aoss', { world, json: summaries() })
    expect(forward[0]?.explanation).toContain('does not serve OpenSearch Serverless')
  })

  it('is reached by an active endpoint of its own', () => {
    const line = railway()
    const own = { id: line.ecrEndpoint, name: 'search', status: 'ACTIVE', vpcId: line.tickets.vpc }
    const { verdict, forward } = ask('aoss', { json: summaries(own) })
    expect(forward[0]?.explanation).toContain(`resolves to ${line.ecrEndpoint}`)
    expect(verdict).toBe('reachable')
  })

  it('is not known without the list of its endpoints', () => {
    const { verdict, unknown } = ask('aoss', {
      json: (json) => aws.withoutOperation(json, 'opensearchserverless:ListVpcEndpoints'),
    })
    expect(verdict).toBe('unknown')
    expect(unknown[0]?.missing).toBe('opensearchserverless:ListVpcEndpoints')
  })
})

describe('a gateway endpoint', () => {
  it('takes the service’s addresses where the subnet’s table leads to it', () => {
    const { verdict, forward } = ask('s3', { world: isolate })
    expect(verdict).toBe('reachable')
    expect(forward.map(({ component }) => component.type)).toContain('vpc-endpoint')
  })

  const unroute = (line: Railway) =>
    aws.removeRoute(line.world, line.tickets.table, aws.servicePrefixList(line.world, 's3'))

  it('is not for subnets whose table does not lead to it', () => {
    const { verdict, blockers } = ask('s3', {
      world: (line) => {
        isolate(line)
        unroute(line)
      },
    })
    expect(verdict).toBe('blocked')
    expect(blockers[0]?.awsExplanationCode).toBe('NO_ROUTE_TO_DESTINATION')
  })

  const egress = (permission: aws.Permission) => (line: Railway) => {
    isolate(line)
    aws.setEgress(line.world, aws.defaultSecurityGroupOf(line.world, line.tickets.vpc), permission)
  }
  const withoutEntries = (json: Json) => aws.withoutOperation(json, 'ec2:GetManagedPrefixListEntries')

  it('needs a group that lets its addresses out', () => {
    const world = egress(aws.tcp(443).toCidr('10.0.0.0/8'))
    expect(ask('s3', { world }).verdict).toBe('blocked')
    expect(ask('s3', { world, json: withoutEntries }).verdict).toBe('blocked')
  })

  it('is content with a rule that names its prefix list, whatever the addresses are', () => {
    const line = railway()
    const world = egress(aws.tcp(443).toPrefixList(aws.servicePrefixList(line.world, 's3')))
    expect(ask('s3', { world }).verdict).toBe('reachable')
    expect(ask('s3', { world, json: withoutEntries }).verdict).toBe('reachable')
  })

  it('is not known where a rule admits some public addresses and the list was not collected', () => {
    const world = egress(aws.tcp(443).toCidr('52.0.0.0/8'))
    const { verdict, unknown } = ask('s3', { world, json: withoutEntries })
    expect(verdict).toBe('unknown')
    expect(unknown.map(({ missing }) => missing)).toContain('ec2:GetManagedPrefixListEntries')
  })

  it('carries no UDP', () => {
    const { blockers } = ask('s3', { world: isolate }, { protocol: 'udp' })
    expect(blockers[0]?.awsExplanationCode).toBe('VPCE_GATEWAY_PROTOCOL_RESTRICTION')
  })

  it('named by its id: the table must lead to it', () => {
    expect(ask(({ s3Endpoint }) => s3Endpoint).verdict).toBe('reachable')
    const { verdict, blockers } = ask(({ s3Endpoint }) => s3Endpoint, { world: unroute })
    expect(verdict).toBe('blocked')
    expect(blockers.at(-1)?.explanation).toContain('has no route to vpce-')
  })
})

describe('an interface endpoint named by its id', () => {
  it('is its interfaces', () => {
    expect(ask(({ ecrEndpoint }) => ecrEndpoint)).toMatchObject({
      verdict: 'reachable',
      flow: { destinationPorts: '443' },
    })
  })

  it('is blocked while it is not available', () => {
    const world = (line: Railway) => Object.assign(endpoint(line), { State: 'failed' })
    const { verdict, blockers } = ask(({ ecrEndpoint }) => ecrEndpoint, { world })
    expect(verdict).toBe('blocked')
    expect(blockers.at(-1)?.awsExplanationCode).toBe('BAD_STATE')
  })

  it('opens no connections', () => {
    const { world, clerk, ecrEndpoint } = railway()
    const network = compileSnapshot(parseSnapshot(aws.snapshotOf(world)))
    expect(() => explainQuery(network, { from: ecrEndpoint, to: clerk })).toThrow('opens no connections')
  })
})
