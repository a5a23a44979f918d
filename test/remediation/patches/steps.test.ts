import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { aws } from '../../../shared/remediation/render/cli.ts'
import { terraform } from '../../../shared/remediation/render/terraform.ts'
import type { Snapshot } from '../../../shared/snapshot/types.ts'
import { type Case, cases, everyCase, stepFor, zones } from '../cases.ts'
import { awsCallsIn } from '../read-cli.ts'
import { readHcl } from '../read-hcl.ts'
import { commandsIn } from '../read-shell.ts'
import { cloudformationProperties, terraformArguments } from './known-names.ts'

const callsOf = (example: Case) => stepFor(example).cli.flatMap(awsCallsIn)

describe('the commands of a step', () => {
  test.each(everyCase)('%s: AWS would take them', (_, example) => {
    const calls = callsOf(example)
    expect(calls.length).toBeGreaterThan(0)
    expect(calls.flatMap(({ problems }) => problems)).toEqual([])
    expect(new Set(calls.map(({ region }) => region))).toEqual(new Set([example.snapshot.scopes[0]?.region]))
  })

  test('a misspelt parameter, a wrong type and a missing one would be noticed', () => {
    const problems = (line: string) => awsCallsIn(line).flatMap((call) => call.problems)
    expect(problems('aws ec2 create-route --route-table rtb-1 --region x')).toEqual([
      'no parameter --route-table',
      'CreateRoute.RouteTableId is required',
    ])
    expect(
      problems(
        `aws ec2 authorize-security-group-egress --group-id sg-1 --ip-permissions '[{"FromPort":"8000"}]'`,
      ),
    ).toEqual(['AuthorizeSecurityGroupEgress.IpPermissions[0].FromPort is not a number'])
    expect(
      problems(`aws elbv2 register-targets --target-group-arn tg --targets '[{"Address":"10.0.0.1"}]'`),
    ).toEqual(['RegisterTargets.Targets[0].Id is required', 'RegisterTargets.Targets[0] has no Address'])
  })

  test('a security-group rule names both groups and the port, as in the patch', () => {
    const { patch } = cases['security-group-rule']
    expect(callsOf(cases['security-group-rule'])).toMatchObject([
      {
        operation: 'authorize-security-group-egress',
        input: { GroupId: patch.groupId, IpPermissions: [patch.permission] },
      },
    ])
  })

  test('a network ACL entry is the patch’s own', () => {
    const { patch } = cases['network-acl-entry']
    const { Protocol, ...entry } = patch.entry
    expect(callsOf(cases['network-acl-entry'])).toMatchObject([
      {
        operation: 'create-network-acl-entry',
        input: { NetworkAclId: patch.aclId, ...entry, Protocol: 'tcp' },
      },
    ])
  })

  test('a route is added, or replaced where one of the same destination is there', () => {
    const { patch, snapshot } = cases.route
    expect(callsOf(cases.route)).toMatchObject([
      { operation: 'create-route', input: { RouteTableId: patch.routeTableId, ...patch.route } },
    ])
    const replacing = callsOf({ snapshot, patch: { ...patch, replaces: true } })
    expect(replacing).toMatchObject([{ operation: 'replace-route', problems: [] }])
  })

  test('a health check is changed in what the patch names, quotes and commas included', () => {
    const { patch } = cases['target-group-settings']
    expect(callsOf(cases['target-group-settings'])).toMatchObject([
      {
        operation: 'modify-target-group',
        input: { TargetGroupArn: patch.targetGroupArn, ...patch.settings },
      },
    ])
  })

  test('a load balancer keeps the addresses that somebody gave it', () => {
    const { snapshot, patch } = cases['load-balancer-subnets']
    const [first, ...others] = zones.publicSubnets
    const address = { AllocationId: 'eipalloc-0123456789abcdef0', IpAddress: '203.0.113.9' }
    const step = stepFor({ snapshot: withAddress(snapshot, first, address), patch })
    const mappings = [
      { SubnetId: first, AllocationId: address.AllocationId },
      ...[...others, zones.subnet].map((SubnetId) => ({ SubnetId })),
    ]
    const [call] = step.cli.flatMap(awsCallsIn)
    expect(call).toMatchObject({ problems: [], input: { SubnetMappings: mappings } })
    expect(call?.input).not.toHaveProperty('Subnets')
    const [resource] = Object.values(parse(step.cloudformation ?? ''))
    expect(resource).toMatchObject({ Properties: { SubnetMappings: mappings } })
    const [{ blocks = [] } = {}] = readHcl(step.terraform ?? '')
    expect(blocks.map(({ type, values }) => [type, values.subnet_id, values.allocation_id])).toEqual(
      mappings.map((one) => [
        'subnet_mapping',
        one.SubnetId,
        'AllocationId' in one ? one.AllocationId : undefined,
      ]),
    )
  })

  test('a load balancer keeps the subnets that it has', () => {
    const [call] = callsOf(cases['load-balancer-subnets'])
    expect(call?.input.Subnets).toEqual([...zones.publicSubnets, zones.subnet])
  })

  test('a load balancer’s new subnet takes the place of the one in the same zone', () => {
    const { snapshot, patch } = cases['load-balancer-subnets']
    const [first, second] = zones.publicSubnets
    const calls = callsOf({ snapshot, patch: { ...patch, subnetIds: [zones.privateSubnets[0]] } })
    expect(calls[0]?.input.Subnets).toEqual([second, zones.privateSubnets[0]])
    expect(calls[0]?.input.Subnets).not.toContain(first)
  })

  test('a service keeps its security groups and gets new subnets', () => {
    const { patch } = cases.service
    const found =
      cases.service.snapshot.scopes[0]?.responses['ecs:DescribeServices']?.[patch.clusterArn]?.services?.[0]
    const before = found?.networkConfiguration?.awsvpcConfiguration
    expect(before?.securityGroups).toHaveLength(1)
    expect(callsOf(cases.service)[0]?.input).toMatchObject({
      cluster: patch.clusterArn,
      service: 'web',
      healthCheckGracePeriodSeconds: 180,
      desiredCount: 3,
      networkConfiguration: { awsvpcConfiguration: { ...before, subnets: patch.settings.subnets } },
    })
  })

  test('a rule comes after the rules that are there', () => {
    const [call] = callsOf(cases['listener-rule'])
    expect(call?.input).toMatchObject({
      Priority: 8,
      Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/cakes/*'] } }],
    })
  })

  test('the priority is asked for where the rules were not collected', () => {
    const { snapshot, patch } = cases['listener-rule']
    const scopes = snapshot.scopes.map((scope) => ({
      ...scope,
      responses: { ...scope.responses, 'elasticloadbalancing:DescribeRules': {} },
    }))
    const step = stepFor({ snapshot: { ...snapshot, scopes }, patch })
    expect(step.cli[0]).toContain(
      `--priority "$(aws elbv2 describe-rules --listener-arn ${patch.listenerArn} `,
    )
    expect(step.cloudformation).toBeUndefined()
    expect(readHcl(step.terraform ?? '')[0]?.values).not.toHaveProperty('priority')
  })
})

describe('a new revision of a task definition', () => {
  const { patch, snapshot } = cases['container-definition']

  test('goes from AWS through a file back to AWS, and its services follow', () => {
    expect(callsOf(cases['container-definition']).map(({ operation }) => operation)).toEqual([
      'describe-task-definition',
      'register-task-definition',
      'update-service',
    ])
    const words = commandsIn(stepFor(cases['container-definition']).cli[0] ?? '')
    expect(words.map(([program]) => program)).toEqual(['umask', 'aws', 'jq', 'checkout.json'])
    expect(words[2]?.[1]).toContain(
      `select(.name == "grpc")) += ${JSON.stringify(patch.container)} | . += {"cpu":"1024"`,
    )
  })

  test('shows no environment value, neither that of the definition nor the answer of AWS', () => {
    const { cli } = stepFor(cases['container-definition'])
    expect(cli.find((line) => line.includes('register-task-definition'))).toContain(
      '--query taskDefinition.taskDefinitionArn',
    )
    expect(cli[0]).toMatch(/> checkout\.json\)$/)
    expect(cli.at(2)).toBe('rm checkout.json')
  })

  test('a second change of the same definition starts from the revision that the first registered', () => {
    const second = { ...patch, containerName: 'nginx' }
    const [call] = stepFor({ snapshot, patch: second }, [patch]).cli.flatMap(awsCallsIn)
    expect(call?.input.taskDefinition).toBe('checkout')
    expect(callsOf(cases['container-definition'])[0]?.input.taskDefinition).toBe(patch.taskDefinitionArn)
  })
})

describe('CloudFormation', () => {
  test.each(everyCase.filter(([kind]) => kind !== 'start-instances'))(
    '%s: a resource with known properties',
    (_, example) => {
      const resources = Object.entries(parse(stepFor(example).cloudformation ?? '', { version: '1.1' }))
      expect(resources.length).toBeGreaterThan(0)
      for (const [id, resource] of resources) {
        const { Type, Properties } = resource as { Type: string; Properties: object }
        expect(id).toMatch(/^[A-Za-z][A-Za-z0-9]*$/)
        expect(Object.keys(cloudformationProperties)).toContain(Type)
        for (const property of Object.keys(Properties))
          expect(cloudformationProperties[Type]).toContain(property)
      }
    },
  )

  test('the values are the patch’s: text stays text, numbers stay numbers', () => {
    const { Properties } = Object.values(
      parse(stepFor(cases['target-group-settings']).cloudformation ?? '', { version: '1.1' }) as Record<
        string,
        { Properties: object }
      >,
    )[0] as { Properties: object }
    expect(Properties).toEqual(cases['target-group-settings'].patch.settings)
  })

  test('the fields of a container are written as CloudFormation names them', () => {
    const resource = Object.values(parse(stepFor(cases['container-definition']).cloudformation ?? ''))[0]
    expect(resource).toMatchObject({
      Properties: {
        Cpu: '1024',
        ContainerDefinitions: [{ Name: 'grpc', Memory: 512, HealthCheck: { Interval: 15, StartPeriod: 90 } }],
      },
    })
  })
})

describe('Terraform', () => {
  test.each(everyCase)('%s: a resource with known arguments', (_, example) => {
    const resources = readHcl(stepFor(example).terraform ?? '')
    expect(resources.length).toBeGreaterThan(0)
    for (const { type, labels, values, blocks } of resources) {
      expect(type).toBe('resource')
      expect(labels[1]).toMatch(/^[a-z_][a-z0-9_]*$/)
      const known = terraformArguments[labels[0] ?? '']
      expect(known, labels[0]).toBeDefined()
      for (const name of [...Object.keys(values), ...blocks.map((block) => block.type)])
        expect(known).toContain(name)
    }
  })

  test('the values are the patch’s', () => {
    const { patch } = cases['security-group-rule']
    expect(readHcl(stepFor(cases['security-group-rule']).terraform ?? '')[0]?.values).toEqual({
      security_group_id: patch.groupId,
      ip_protocol: 'tcp',
      from_port: 9000,
      to_port: 9000,
      referenced_security_group_id: patch.permission.UserIdGroupPairs?.[0]?.GroupId,
    })
    const container = readHcl(stepFor(cases['container-definition']).terraform ?? '')[0]?.values
      .container_definitions
    expect(container).toEqual([{ name: 'grpc', ...cases['container-definition'].patch.container }])
  })
})

describe('whatever a name or a value holds', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom("'", '"', '\\', '$', '{', '%', '`', '\n', ' ', 'a', '-', '!') }),
  )

  test('a word comes out of the shell as it went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), anyText, (word, inside) => {
        const line = aws('elbv2', 'x', 'r', { word, json: { inside }, words: [word, inside] })
        expect(commandsIn(line)).toEqual([
          [
            'aws',
            'elbv2',
            'x',
            '--word',
            word,
            '--json',
            JSON.stringify({ inside }),
            '--words',
            word,
            inside,
            '--region',
            'r',
          ],
        ])
      }),
    )
  })

  test('a text comes out of Terraform as it went in, and is never a template', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const [resource] = readHcl(
          terraform('aws_lb', 'x', { values: { value }, json: { list: [{ value }] } }),
        )
        expect(resource?.values).toEqual({ value, list: [{ value }] })
      }),
    )
  })

  test('a name cannot leave the comment in which it stands', () => {
    const text = terraform('aws_lb', 'x', { values: {} }, 'of\nresource "aws_iam_user" "me" {}\u2028')
    expect(readHcl(text).map(({ labels }) => labels[0])).toEqual(['aws_lb'])
  })
})

/** The load balancers' nodes in a subnet have that address. */
function withAddress(snapshot: Snapshot, subnet: string | undefined, address: object): Snapshot {
  const copy = JSON.parse(JSON.stringify(snapshot)) as { scopes: { responses: Record<string, unknown> }[] }
  for (const { responses } of copy.scopes) {
    const { LoadBalancers } = responses['elasticloadbalancing:DescribeLoadBalancers'] as {
      LoadBalancers: { AvailabilityZones: { SubnetId: string }[] }[]
    }
    for (const zone of LoadBalancers.flatMap(({ AvailabilityZones }) => AvailabilityZones))
      if (zone.SubnetId === subnet) Object.assign(zone, { LoadBalancerAddresses: [address] })
  }
  return copy as unknown as Snapshot
}
