import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'
import { curesOf, failToStart, firstContainer, forgetTasks, printShop, says } from '../start-failures.ts'

const code = 'ecs.log-group-missing'
const GROUP = '/ecs/press'

function groupless(said: string = says.groupMissing) {
  const shop = printShop()
  failToStart(shop, said)
  aws.removeLogGroup(shop.world, GROUP)
  return shop
}

/** A NAT gateway in a subnet of its own. */
function elsewhere({ world, vpc }: ReturnType<typeof printShop>): string {
  const subnet = aws.subnet(world, { vpc, name: 'public', cidr: '10.90.9.0/24', zone: 'a' })
  const gateway = aws.internetGateway(world, { vpc, name: 'print-shop' })
  const routes = [aws.route('0.0.0.0/0', gateway)]
  aws.routeTable(world, { vpc, name: 'public', subnets: [subnet], routes })
  return aws.natGateway(world, { subnet, name: 'print-shop' })
}

describe(code, () => {
  it('is proven where ECS says so and CloudWatch Logs has no such group', () => {
    const shop = groupless()
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toEqual([code])
    const cause = causeOf(diagnosis, code)
    expect(cause).toMatchObject({
      confidence: 'proven',
      title: `The log group ${GROUP} of container press of the tasks of service press does not exist in ap-northeast-1`,
    })
    expect(observed(cause, 'logGroups')).toBe(`no ${GROUP}`)
    expect(observed(cause, 'stoppedReason')).toBe(says.groupMissing)
  })

  it('is cured by the group, which was tried', () => {
    const [cure] = curesOf(groupless().world, code)
    expect(cure).toEqual({
      verified: true,
      commands: [`aws logs create-log-group --log-group-name ${GROUP} --region ap-northeast-1`],
    })
  })

  it('is cured in the Region that the driver names, which was not tried where nothing was collected there', () => {
    const shop = printShop()
    failToStart(shop, says.groupMissing)
    Object.assign(firstContainer(shop).logConfiguration?.options ?? {}, { 'awslogs-region': 'us-east-1' })
    aws.setEgress(shop.world, shop.pressGroup, aws.allowAll())
    aws.addRoute(shop.world, shop.table, aws.route('0.0.0.0/0', elsewhere(shop)))
    expect(curesOf(shop.world, code)).toEqual([
      {
        verified: false,
        commands: [`aws logs create-log-group --log-group-name ${GROUP} --region us-east-1`],
      },
    ])
  })

  it('is proven by the list alone where ECS remembers nothing, and likely where it speaks of something else', () => {
    const silent = printShop()
    forgetTasks(silent)
    aws.removeLogGroup(silent.world, GROUP)
    expect(causeOf(diagnosed(silent.world, silent.service), code).confidence).toBe('proven')
    const other = groupless(says.ecrConnection)
    expect(causeOf(diagnosed(other.world, other.service), code).confidence).toBe('likely')
  })

  it('is not where the driver makes the group', () => {
    const shop = groupless(says.ecrConnection)
    Object.assign(firstContainer(shop).logConfiguration?.options ?? {}, { 'awslogs-create-group': 'true' })
    expect(codes(diagnosed(shop.world, shop.service))).not.toContain(code)
  })

  it('is not where the group is there: ECS speaks of the way to it', () => {
    const shop = printShop()
    failToStart(shop, says.logsConnection)
    expect(reasonAgainst(diagnosed(shop.world, shop.service), code)).toContain('every log group')
  })

  it('is looked for in the Region that the driver names', () => {
    const shop = groupless(says.ecrConnection)
    Object.assign(firstContainer(shop).logConfiguration?.options ?? {}, { 'awslogs-region': 'eu-west-1' })
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).not.toContain(code)
    expect(missingFor(diagnosis, code)).toEqual(['logs:DescribeLogGroups'])
  })

  it('is unknown without the list, unless ECS says so itself', () => {
    const blind = (said: string) => {
      const shop = groupless(said)
      return diagnosed(aws.withError(aws.jsonOf(shop.world), 'logs:DescribeLogGroups'), shop.service)
    }
    expect(codes(blind(says.ecrConnection))).toEqual([])
    expect(missingFor(blind(says.ecrConnection), code)).toEqual(['logs:DescribeLogGroups'])
    expect(causeOf(blind(says.groupMissing), code).confidence).toBe('proven')
  })
})
