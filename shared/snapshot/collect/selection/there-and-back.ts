/** From the load balancers to the targets, and the replies. */
import type { NetworkInterface } from '../../types.ts'
import type { Session } from '../session.ts'
import { addressesOf, type Ends } from './interfaces.ts'
import type { Journey, Place } from './journey.ts'

export function journeysOf(session: Session, { interfaces, missing }: Ends): readonly Journey[] {
  const checked = checkedAddresses(session)
  const balancers = interfaces.filter(isBalancer)
  const targets = interfaces.filter((one) => !isBalancer(one))
  const addresses = (of: readonly NetworkInterface[]) => of.flatMap(addressesOf).filter(checked)
  return [
    {
      from: [...balancerSubnets(session), ...balancers.map(placeOf)],
      to: [...addresses(interfaces), ...missing],
    },
    { from: targets.map(placeOf), to: addresses(balancers) },
  ]
}

const isBalancer = ({ Description }: NetworkInterface) => Description?.startsWith('ELB ') === true

const placeOf = ({ SubnetId, VpcId }: NetworkInterface): Place => ({ subnet: SubnetId, vpc: VpcId })

/** Also those in which no interface of the load balancer was found. */
const balancerSubnets = ({ responses }: Session): readonly Place[] =>
  (responses['elasticloadbalancing:DescribeLoadBalancers']?.LoadBalancers ?? []).flatMap(
    ({ VpcId, AvailabilityZones = [] }) =>
      AvailabilityZones.map(({ SubnetId }) => ({ subnet: SubnetId, vpc: VpcId })),
  )

/** Interfaces have addresses of both families; a group is checked over one of them. */
function checkedAddresses({ responses }: Session): (address: string | undefined) => address is string {
  const groups = responses['elasticloadbalancing:DescribeTargetGroups']?.TargetGroups ?? []
  const families = new Set(groups.map(({ IpAddressType }) => IpAddressType === 'ipv6'))
  return (address): address is string => address !== undefined && families.has(address.includes(':'))
}
