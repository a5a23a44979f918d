/** Healthy systems: a market of one to three stalls behind one load balancer. */
import type { Random } from '../bench/random.ts'
import * as aws from '../fixtures/index.ts'
import { type Market, place, type Stall } from './market.ts'
import { stall } from './stalls.ts'
import { TOWN } from './streets.ts'
import { isApplication, type Traits } from './traits.ts'

export interface System extends Market {
  readonly stalls: readonly Stall[]
  readonly gateway: Gateway | undefined
  /** The hosted zone of the market's name. */
  readonly zone: string | undefined
}

const names = ['fish', 'bread', 'flowers'] as const

/** Where applications listen. */
const PORTS = [3000, 5000, 8080, 8443, 9000] as const

export function systemOf(traits: Traits, random: Random, ports: readonly number[] = PORTS): System {
  const market = place(traits)
  const stalls = names
    .slice(0, traits.services)
    .map((name, index) => stall(market, name, index, ports, random))
  const { world, lbGroup } = market
  const gateway = traits.caller === 'gateway' ? callers(market, stalls) : undefined
  if (lbGroup !== '') {
    aws.setIngress(world, lbGroup, ...clients(market, stalls, gateway))
    aws.setEgress(world, lbGroup, ...stalls.flatMap(({ passed }) => passed))
  }
  admitTasks(market, stalls)
  return { ...market, stalls, gateway, zone: traits.caller === 'names' ? named(market) : undefined }
}

/** Clients share themselves among two towns. Only where there is one stall, the other may take them all if that is down. */
function named({ world, traits, loadBalancer }: Market): string {
  const zone = aws.hostedZone(world, 'markets.example')
  const name = 'gate.markets.example'
  const evaluate = traits.services === 1
  const shares = (SetIdentifier: string) => ({ SetIdentifier, Weight: 50 })
  aws.aliasRecord(world, { zone, name, loadBalancer, evaluate, more: shares('town') })
  const ResourceRecords = [{ Value: '203.0.113.44' }]
  aws.recordSet(world, zone, { Name: `${name}.`, Type: 'A', ...shares('city'), TTL: 60, ResourceRecords })
  return zone
}

/** Whom the load balancer's group admits; what comes over PrivateLink has addresses that nobody knows. */
function clients({ traits }: Market, stalls: readonly Stall[], gateway: Gateway | undefined) {
  const linkGroup = gateway?.linkGroup ?? ''
  return stalls.map(({ listenerPort }) => {
    const ports = aws.tcp(listenerPort)
    if (linkGroup !== '') return ports.fromGroup(linkGroup)
    const open = gateway !== undefined || traits.scheme === 'internet-facing'
    return open ? ports.fromAnywhere() : ports.fromCidr(TOWN)
  })
}

/** The tasks' ways to endpoints and files; with endpoints only, nothing else is let out. */
function admitTasks({ world, endpoints: ways, cellar: files }: Market, stalls: readonly Stall[]): void {
  const groups = stalls.map(({ group }) => group)
  if (files) aws.setIngress(world, files.group, ...groups.map((group) => aws.tcp(2049).fromGroup(group)))
  if (!ways) return
  aws.setIngress(world, ways.group, ...groups.map((group) => aws.tcp(443).fromGroup(group)))
  const out = [aws.tcp(443).toGroup(ways.group), aws.tcp(443).toPrefixList(ways.list)]
  const stock = files ? [aws.tcp(2049).toGroup(files.group)] : []
  for (const group of groups) aws.setEgress(world, group, ...out, ...stock)
}

interface Gateway {
  readonly link: string
  /** REST or HTTP API. */
  readonly api: string
  /** Empty: a link of the old kind, over PrivateLink. */
  readonly linkGroup: string
}

/** Network Load Balancers are called by a REST API, Application Load Balancers by an HTTP API. */
function callers({ world, traits, loadBalancer, streets: { vpc, front } }: Market, stalls: readonly Stall[]) {
  if (isApplication(traits)) {
    const linkGroup = aws.securityGroup(world, { vpc, name: 'callers' })
    const link = aws.vpcLinkV2(world, { name: 'callers', subnets: front, groups: [linkGroup] })
    const integrations = stalls.map(({ listener }) => ({ ConnectionId: link, IntegrationUri: listener }))
    return { link, linkGroup, api: aws.httpApi(world, { name: 'market', integrations }) }
  }
  const link = aws.vpcLink(world, { name: 'callers', loadBalancer })
  const methods = stalls.map(({ name, listenerPort }) => [
    `GET /${name}`,
    { connectionId: link, uri: `http://gate.town.example:${listenerPort}/${name}` },
  ])
  return {
    link,
    linkGroup: '',
    api: aws.restApi(world, { name: 'market', methods: Object.fromEntries(methods) }),
  }
}
