import { describe, expect, test } from 'vitest'
import { compileNetwork } from '../../shared/network/network.ts'
import { withSnapshot } from '../../shared/network/patch.ts'
import type { CompiledGroup } from '../../shared/network/security-groups.ts'
import { applyPatch } from '../../shared/remediation/patches/index.ts'
import { cases, everyCase } from '../remediation/cases.ts'

const rulesOf = ({ id, ingress, egress }: CompiledGroup) => ({
  id,
  ingress: ingress?.rules,
  egress: egress?.rules,
})

describe('the network of a changed snapshot', () => {
  test.each(everyCase)('%s: equals the network compiled from scratch', (_, { snapshot, patch }) => {
    const after = applyPatch(snapshot, patch)
    if (!after) throw new Error('not applied')
    const made = withSnapshot(compileNetwork(snapshot), after)
    const fresh = compileNetwork(after)
    expect(made.snapshot).toBe(after)
    expect(made.groups.map(rulesOf)).toEqual(fresh.groups.map(rulesOf))
    expect(made.acls).toEqual(fresh.acls)
    expect(made.routeTables).toEqual(fresh.routeTables)
    expect([...made.interfaceById.keys()]).toEqual([...fresh.interfaceById.keys()])
  })

  test('one changed group is compiled again, the others are shared', () => {
    const { snapshot, patch } = cases['security-group-rule']
    const network = compileNetwork(snapshot)
    const made = withSnapshot(network, applyPatch(snapshot, patch) ?? snapshot)
    expect(made.groups.filter((group, index) => group !== network.groups[index]).map(({ id }) => id)).toEqual(
      [patch.groupId],
    )
    expect(made.interfaces).toBe(network.interfaces)
    expect(made.routeTables).toBe(network.routeTables)
  })

  test('what interfaces read in their own scope is never stale', () => {
    const { snapshot, patch } = cases['public-access-exclusion']
    const made = withSnapshot(compileNetwork(snapshot), applyPatch(snapshot, patch) ?? snapshot)
    const exclusions = made.interfaces[0]?.scope.responses['ec2:DescribeVpcBlockPublicAccessExclusions']
    expect(exclusions?.VpcBlockPublicAccessExclusions).toHaveLength(1)
  })

  test('a subnet that moves to another ACL is seen', () => {
    const { snapshot } = cases['network-acl-entry']
    const network = compileNetwork(snapshot)
    const scopes = snapshot.scopes.map((scope) => {
      const acls = scope.responses['ec2:DescribeNetworkAcls']?.NetworkAcls ?? []
      const [first, ...rest] = acls
      const all = acls.flatMap(({ Associations = [] }) => Associations)
      const moved = [{ ...first, Associations: all }, ...rest.map((acl) => ({ ...acl, Associations: [] }))]
      return {
        ...scope,
        responses: { ...scope.responses, 'ec2:DescribeNetworkAcls': { NetworkAcls: moved } },
      }
    })
    const made = withSnapshot(network, { ...snapshot, scopes: scopes as typeof snapshot.scopes })
    expect(new Set([...made.subnets.values()].map(({ acl }) => acl))).toEqual(new Set([0]))
  })

  test('the same snapshot gives the same network', () => {
    const network = compileNetwork(cases.route.snapshot)
    expect(withSnapshot(network, cases.route.snapshot)).toEqual(network)
  })
})
