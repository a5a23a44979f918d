/**
 * Random small networks. Biased: about half of the flows get through, and most blocks are near misses. Plain ones,
 * set up further as a person would: transit gateway, central egress, NAT between private addresses, endpoints.
 */
import fc from 'fast-check'
import {
  choose,
  limitedEntries,
  one,
  openEntries,
  openRule,
  percent,
  plainNetwork,
} from './plain-networks.ts'
import { natSetup, withNat } from './setup-nat.ts'
import { outlets, withOutlets } from './setup-outlets.ts'
import { backbone, withCentralEgress, withTransit } from './setup-transit.ts'
import type { GroupRulePlan, NetworkPlan, VpcPlan } from './topology-plan.ts'

const setup = fc.record({
  filters: choose<'any' | 'none' | 'some ports' | 'references' | 'references only'>(
    [40, one('any')],
    [28, one('none')],
    [10, one('some ports')],
    [15, one('references')],
    [7, one('references only')],
  ),
  somePorts: limitedEntries,
  transit: percent(60),
  backbone,
  nat: percent(50),
  natSetup,
  outlets,
  ipv6: percent(40),
})

type Setup = typeof setup extends fc.Arbitrary<infer T> ? T : never

export const network: fc.Arbitrary<NetworkPlan> = fc
  .tuple(plainNetwork, setup)
  .map(([plain, choices]) => steps.reduce((plan, step) => step(plan, choices), plain))

const steps: readonly ((plan: NetworkPlan, choices: Setup) => NetworkPlan)[] = [
  (plan, { filters }) => (filters === 'none' ? withoutFilters(plan, [openEntries]) : plan),
  (plan, { filters, somePorts }) =>
    filters === 'some ports' ? withoutFilters(plan, [somePorts, openEntries]) : plan,
  (plan, { filters }) => (filters === 'references' ? withReferences(plan, openRules) : plan),
  (plan, { filters }) => (filters === 'references only' ? withReferences(plan, references) : plan),
  (plan, { transit, nat }) => (transit || nat ? atLeastTwoVpcs(plan) : plan),
  (plan, { ipv6 }) => (ipv6 ? everywhereIpv6(plan) : plan),
  (plan, { transit, backbone }) => (transit ? withTransit(plan, backbone) : plan),
  (plan, { transit, backbone }) =>
    transit && backbone.centralEgress ? withCentralEgress(plan, backbone) : plan,
  (plan, choices) => (choices.nat ? withNat(plan, choices.natSetup, free(plan, choices)) : plan),
  (plan, choices) => withOutlets(plan, choices.outlets),
]

/** The VPCs whose NAT gateway has nothing else to do. */
const free = ({ vpcs }: NetworkPlan, { transit, backbone }: Setup): readonly number[] =>
  vpcs.map((_, index) => index).slice(transit && backbone.centralEgress ? 1 : 0)

const atLeastTwoVpcs = (plan: NetworkPlan): NetworkPlan =>
  plan.vpcs.length < 2 ? { ...plan, vpcs: [...plan.vpcs, ...plan.vpcs] } : plan

/** Only routes and gateways block, and what the ACLs do not let through. */
const withoutFilters = (plan: NetworkPlan, acls: VpcPlan['acls']): NetworkPlan => ({
  ...plan,
  vpcs: plan.vpcs.map((vpc) => ({
    ...vpc,
    acls,
    groups: [{ ingress: openRules, egress: openRules }],
  })),
})

const openRules: readonly GroupRulePlan[] = [openRule]
const indexes = [0, 1, 2, 3] as const
/** To every group of every VPC. */
const references: readonly GroupRulePlan[] = [
  {
    ...openRule,
    peers: indexes.flatMap((vpc) => indexes.map((group) => ({ kind: 'group', vpc, group }) as const)),
  },
]

/** Groups admit who has a group, whatever the address. */
const withReferences = (plan: NetworkPlan, egress: readonly GroupRulePlan[]): NetworkPlan => ({
  ...plan,
  vpcs: plan.vpcs.map((vpc) => ({ ...vpc, groups: vpc.groups.map(() => ({ ingress: references, egress })) })),
})

const everywhereIpv6 = (plan: NetworkPlan): NetworkPlan => ({
  ...plan,
  vpcs: plan.vpcs.map((vpc) => ({ ...vpc, ipv6: true })),
})
