import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'
import { findingsIn } from '../findings.ts'
import { bakeryShop, failToStart, forgetTasks, says } from '../start-failures.ts'

const code = 'ecs.subnet-ip-exhausted'

const noAddress = (subnet: string) =>
  `TaskFailedToStart: Unexpected EC2 error while attempting to Create Network Interface with public IP assignment enabled in subnet '${subnet}': InsufficientFreeAddressesInSubnet`

type Shop = ReturnType<typeof bakeryShop>

function fullShop(said: (shop: Shop) => string) {
  const shop = bakeryShop()
  failToStart(shop, said(shop))
  return shop
}

/** The snapshot with so many free addresses in the tasks' subnets. */
const withFree = ({ world, privateSubnets }: Shop, free: number | undefined) =>
  aws.patched(aws.jsonOf(world), ({ responses }) => {
    const { Subnets } = responses['ec2:DescribeSubnets'] as { Subnets: Record<string, unknown>[] }
    for (const subnet of Subnets)
      if (privateSubnets.some((id) => id === subnet.SubnetId)) subnet.AvailableIpAddressCount = free
  })

describe(code, () => {
  it('is proven where EC2 found no address and the subnet has none', () => {
    const shop = fullShop(({ privateSubnets }) => noAddress(privateSubnets[0]))
    const diagnosis = diagnosed(withFree(shop, 0), shop.service)
    expect(codes(diagnosis)).toEqual([code])
    const cause = causeOf(diagnosis, code)
    expect(cause).toMatchObject({
      confidence: 'proven',
      title: `${shop.privateSubnets[0]} has no free address for the tasks of service web`,
      component: { type: 'subnet', id: shop.privateSubnets[0] },
    })
    expect(observed(cause, 'stoppedReason')).toBe(noAddress(shop.privateSubnets[0]))
    expect(cause.evidence.at(-1)?.expected).toContain('up to 4 at once')
  })

  it('is cured by another subnet with the same way out, which was tried', () => {
    const shop = fullShop(({ privateSubnets }) => noAddress(privateSubnets[0]))
    const spare = aws.subnet(shop.world, { vpc: shop.vpc, name: 'spare', cidr: '10.0.64.0/20', zone: 'a' })
    aws.associateRouteTable(shop.world, shop.privateTable, spare)
    const found = findingsIn(withFree(shop, 0)).find(({ rootCause }) => rootCause.code === code)
    expect(found?.remediation[0]?.verified).toBe(true)
    expect(found?.remediation[0]?.steps[0]?.cli[0]).toContain(spare)
  })

  it('is only likely where there are addresses by now', () => {
    const shop = fullShop(({ privateSubnets }) => noAddress(privateSubnets[0]))
    const cause = causeOf(diagnosed(withFree(shop, 40), shop.service), code)
    expect(cause.confidence).toBe('likely')
    expect(cause.title).toContain('had no free address')
  })

  it('is likely where the interface took too long and no subnet has an address', () => {
    const shop = fullShop(() => 'Timeout waiting for network interface provisioning to complete.')
    expect(causeOf(diagnosed(withFree(shop, 0), shop.service), code).confidence).toBe('likely')
    expect(codes(diagnosed(withFree(shop, 40), shop.service))).toEqual([])
  })

  it('is proven by the counts alone where ECS remembers no task', () => {
    const shop = bakeryShop()
    forgetTasks(shop)
    expect(causeOf(diagnosed(withFree(shop, 0), shop.service), code).confidence).toBe('proven')
  })

  it('is not: a low count while tasks fail for something else', () => {
    const shop = fullShop(() => says.ecrConnection)
    expect(reasonAgainst(diagnosed(withFree(shop, 2), shop.service), code)).toBe(
      `there are free addresses: 2 in ${shop.privateSubnets[0]} and 2 in ${shop.privateSubnets[1]}`,
    )
  })

  it('is unknown where the count is not told', () => {
    const shop = fullShop(({ privateSubnets }) => noAddress(privateSubnets[0]))
    const blind = diagnosed(withFree(shop, undefined), shop.service)
    expect(codes(blind)).toEqual([])
    expect(missingFor(blind, code)).toEqual(['ec2:DescribeSubnets'])
  })
})
