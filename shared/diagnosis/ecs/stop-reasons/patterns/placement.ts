/**
 * Tasks that found no place or no network interface.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/failed-to-start-error.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
import type { StopPattern } from '../pattern.ts'

const category = 'TaskFailedToStart'

export const placementPatterns: readonly StopPattern[] = [
  {
    id: 'subnet-without-addresses',
    category,
    aims: ['addresses'],
    text: /insufficientfreeaddressesinsubnet|(?:insufficient|not enough|not have enough) free addresses|unexpected ec2 error while attempting to create network interface/i,
  },
  {
    id: 'interface-not-provisioned',
    category,
    aims: ['interface', 'addresses'],
    text: /timeout waiting for network interface provisioning|network interface provision complete error|while preparing network interface to be attached/i,
  },
  {
    id: 'storage-not-provisioned',
    category,
    aims: ['capacity'],
    text: /timeout waiting for ephemeralstorage provisioning/i,
  },
  {
    id: 'device-index',
    category,
    aims: ['placement'],
    text: /unable to attach network interface to unused device index/i,
  },
  {
    id: 'compute-strategy',
    category,
    aims: ['compute'],
    text: /not compatible with the selected compute strategy/i,
  },
  { id: 'agent-disconnected', category, aims: ['agent'], text: /^(?:\w+: ?)?AGENT\.?$/ },
  {
    id: 'resources-lacking',
    category,
    aims: ['placement'],
    text: /^(?:\w+: ?)?(?:RESOURCE:(?:CPU|MEMORY|PORTS\b|ENI|GPU|FPGA)|ATTRIBUTE\b)/,
  },
  { id: 'capacity-unavailable', category, aims: ['capacity'], text: /capacity is unavailable at this time/i },
  { id: 'internal-error', category, aims: ['interface'], text: /\binternalerror:/i },
]
