/** Tasks that do not start: no address, no files. */
import * as aws from '../../fixtures/index.ts'
import { isFargate } from '../traits.ts'
import type { Fault } from './fault.ts'
import { fail } from './starts.ts'

const subnetIpExhausted: Fault = {
  fits: isFargate,
  strike: (scene) => {
    const { world, system } = scene
    const { back } = system.streets
    fail(
      scene,
      `TaskFailedToStart: Unexpected EC2 error while attempting to Create Network Interface with public IP assignment enabled in subnet '${back[0]}': InsufficientFreeAddressesInSubnet`,
    )
    for (const subnet of back) fill(world, subnet)
  },
}

/** AWS keeps four addresses at the beginning of a /26 and one at its end. */
function fill(world: aws.World, subnet: string): void {
  const prefix = aws.subnetOf(world, subnet).CidrBlock.replace(/\.\d+\/26$/, '')
  const taken = new Set(world.networkInterfaces.map(({ PrivateIpAddress }) => PrivateIpAddress))
  for (let last = 4; last < 63; last += 1) {
    const address = `${prefix}.${last}`
    if (!taken.has(address)) aws.networkInterface(world, { name: `lambda-${last}`, subnet, address })
  }
}

const EFS = 'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr:'

const efsMount: Fault = {
  fits: isFargate,
  strike: (scene) => {
    const others = scene.system.stalls.filter((other) => other !== scene.stall)
    const admitted = others.map(({ group }) => aws.tcp(2049).fromGroup(group))
    aws.setIngress(scene.world, scene.system.cellar?.group ?? '', ...admitted)
    fail(
      scene,
      `${EFS} mount.nfs4: Connection timed out : unsuccessful EFS utils command execution; code: 32`,
    )
  },
}

export const room = {
  'ecs.subnet-ip-exhausted': subnetIpExhausted,
  'ecs.efs-mount': efsMount,
} as const
