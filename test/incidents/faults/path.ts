/** Rules between the load balancer and its targets. */
import * as aws from '../../fixtures/index.ts'
import { DYNAMIC } from '../stalls.ts'
import { TOWN, VILLAGE } from '../streets.ts'
import { hasGroups, isApplication, isNodes, type Traits } from '../traits.ts'
import { type Fault, type Scene, silence } from './fault.ts'

const checkedPort = ({ system, stall }: Scene) =>
  system.traits.launch === 'bridge' ? DYNAMIC : ([stall.port, stall.port] as const)

/** The other stalls' rules stay. */
function withoutPassage({ system, world, stall }: Scene): void {
  const others = system.stalls.filter((other) => other !== stall)
  aws.setEgress(world, system.lbGroup, ...others.flatMap(({ passed }) => passed))
}

const lbSgEgress: Fault = {
  fits: hasGroups,
  strike: (scene) => {
    withoutPassage(scene)
    silence(scene, scene.stall)
  },
}

/** From whom nobody asks: the port is named, where it is dynamic. */
const elsewhere = (scene: Scene) => {
  const [from, to] = checkedPort(scene)
  return aws.tcp(from, to).fromCidr('198.51.100.0/24')
}

/** Nothing, or ssh, or other addresses. With dynamic ports, the first two are a cause of their own. */
function shut(scene: Scene): void {
  const { system, world, stall, random } = scene
  const ssh = aws.tcp(22).fromCidr(TOWN)
  const dynamic = system.traits.launch === 'bridge'
  const rules = dynamic ? [elsewhere(scene)] : random.pick([[], [ssh], [elsewhere(scene)]])
  aws.setIngress(world, stall.group, ...rules)
  silence(scene, stall)
}

const targetSgIngress: Fault = { fits: hasGroups, strike: shut }

const nlbSourceNotAllowed: Fault = { fits: ({ balancer }) => balancer === 'network', strike: shut }

const targetSgWrongSource: Fault = {
  fits: (traits) => hasGroups(traits) && traits.launch !== 'peered',
  strike: (scene) => {
    const { system, world, stall } = scene
    const old = aws.securityGroup(world, { vpc: system.streets.vpc, name: 'old-gate' })
    const [from, to] = checkedPort(scene)
    aws.setIngress(world, stall.group, aws.tcp(from, to).fromGroup(old))
    silence(scene, stall)
  },
}

/** An admin port that the application serves, and no rule opens. */
const hcPortNotOpened: Fault = {
  fits: ({ launch }) => launch === 'fargate' || launch === 'host',
  strike: (scene) => {
    const { world, stall } = scene
    const admin = 9901
    for (const { containerDefinitions = [] } of world.taskDefinitions.filter(
      ({ family }) => family === stall.name,
    ))
      containerDefinitions[0]?.portMappings?.push({ containerPort: admin, hostPort: admin, protocol: 'tcp' })
    checkOn(scene, admin)
    silence(scene, stall)
  },
}

export function checkOn({ world, stall }: Scene, port: number): void {
  aws.targetGroupOf(world, stall.targetGroup).HealthCheckPort = String(port)
  for (const target of world.targetHealth[stall.targetGroup]?.TargetHealthDescriptions ?? [])
    target.HealthCheckPort = String(port)
}

/** The range that old Docker took, from when the rule was written. */
const dynamicPortRange: Fault = {
  fits: (traits) => traits.launch === 'bridge',
  strike: (scene) => {
    const { system, world, stall } = scene
    const range = aws.tcp(49153, 65535)
    const admitted = hasGroups(system.traits) ? range.fromGroup(system.lbGroup) : range.fromCidr(TOWN)
    aws.setIngress(world, stall.group, admitted)
    silence(scene, stall)
  },
}

/** Nodes admit one another as the module’s default did: not on the low port of the pod. Or not at all. */
const secondHop: Fault = {
  fits: isNodes,
  strike: ({ system, world, stall, random }) => {
    const high = aws.tcp(1025, 65535).fromGroup(stall.group)
    const kubelet = aws.tcp(10250).fromGroup(stall.group)
    aws.setIngress(world, stall.group, stall.admitted, ...random.pick([[high], [kubelet], []]))
    const [pods, ...others] = stall.instances
    if (pods === undefined || others.length === 0) throw new Error('a second hop needs two nodes')
    const health = isApplication(system.traits) ? aws.health.timeout : aws.health.failed
    for (const id of others) aws.setHealth(world, stall.targetGroup, health, id)
  },
}

/** A lower number than the allowance, on one of the two ways through one of the two ends. */
const nacl: Fault = {
  fits: () => true,
  strike: (scene) => {
    const { system, world, stall, random } = scene
    const theirs = {
      vpc: system.targetVpc,
      subnets: system.targetSubnets,
      check: 'ingress',
      cidr: TOWN,
    } as const
    const ours = {
      vpc: system.streets.vpc,
      subnets: system.lbSubnets,
      check: 'egress',
      cidr: system.village ? VILLAGE : TOWN,
    } as const
    const { check, vpc, subnets, cidr } = random.pick([theirs, ours])
    const replies = check === 'ingress' ? 'egress' : 'ingress'
    const onCheck = random.below(2) === 0
    const ports = onCheck ? checkedPort(scene) : ([1024, 65535] as const)
    const open = [aws.allow(100)]
    const shut = [aws.deny(90, { ports, cidr }), ...open]
    const entries = { [check]: onCheck ? shut : open, [replies]: onCheck ? open : shut }
    aws.networkAcl(world, { vpc, name: 'fence', subnets, ...entries })
    const struck = onCheck
      ? system.stalls.filter(({ port }) => sharesPort(system.traits, port, stall.port))
      : system.stalls
    for (const one of struck) silence(scene, one)
  },
  of: 'everybody',
}

const sharesPort = ({ launch }: Traits, port: number, denied: number) =>
  launch === 'bridge' || port === denied

export const path = {
  'net.lb-sg-egress': lbSgEgress,
  'net.hc-port-not-opened': hcPortNotOpened,
  'net.nlb-source-not-allowed': nlbSourceNotAllowed,
  'tg.dynamic-port-range': dynamicPortRange,
  'net.target-sg-wrong-source': targetSgWrongSource,
  'net.target-sg-ingress': targetSgIngress,
  'net.nacl': nacl,
  'net.second-hop-node-to-node': secondHop,
} as const
