/** Routes between the load balancer and its targets. */
import * as aws from '../../fixtures/index.ts'
import { TOWN, VILLAGE } from '../streets.ts'
import { type Fault, silence } from './fault.ts'

const routeMissing: Fault = {
  fits: ({ launch }) => launch === 'peered',
  strike: (scene) => {
    const { system, world, random } = scene
    const table = system.village?.table ?? ''
    if (random.below(2) === 0) aws.removeRoute(world, system.streets.frontTable, VILLAGE)
    else aws.removeRoute(world, table, TOWN)
    for (const one of system.stalls) silence(scene, one)
  },
  of: 'everybody',
}

/** The peering connection was deleted, or an inspection appliance that a more specific route led to. */
const routeBlackhole: Fault = {
  fits: () => true,
  strike: (scene) => {
    const { system, world } = scene
    const { streets, village } = system
    const { frontTable } = streets
    if (village) {
      aws.removeRoute(world, frontTable, VILLAGE)
      aws.addRoute(world, frontTable, aws.route(VILLAGE, village.bridge, 'blackhole'))
    } else {
      const gone = 'eni-0f00d0f00d0f00d00'
      for (const { CidrBlock } of streets.back.map((id) => aws.subnetOf(world, id)))
        aws.addRoute(world, frontTable, aws.route(CidrBlock, gone, 'blackhole'))
    }
    for (const one of system.stalls) silence(scene, one)
  },
  of: 'everybody',
}

export const routes = {
  'net.route-missing': routeMissing,
  'net.route-blackhole': routeBlackhole,
} as const
