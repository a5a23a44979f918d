import type { Message } from './message.ts'

export const otherMessages: readonly Message[] = [
  {
    text: "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment enabled in subnet 'subnet-0a1b2c3d4e5f60718': InsufficientFreeAddressesInSubnet",
    id: 'subnet-without-addresses',
    aims: ['addresses'],
    facts: { subnetId: 'subnet-0a1b2c3d4e5f60718' },
  },
  {
    text: "Unexpected EC2 error while attempting to create network interface in subnet 'subnet-0a1b2c3d'",
    id: 'subnet-without-addresses',
    aims: ['addresses'],
    facts: { subnetId: 'subnet-0a1b2c3d' },
  },
  {
    text: 'Timeout waiting for network interface provisioning to complete.',
    id: 'interface-not-provisioned',
    aims: ['interface', 'addresses'],
  },
  {
    text: 'Timeout waiting for EphemeralStorage provisioning to complete.',
    id: 'storage-not-provisioned',
    aims: ['capacity'],
  },
  { text: 'InternalError: the ENI did not attach in time', id: 'internal-error', aims: ['interface'] },
  {
    text: 'The selected task definition is not compatible with the selected compute strategy.',
    id: 'compute-strategy',
    aims: ['compute'],
  },
  {
    text: 'Unable to attach network interface to unused device index',
    id: 'device-index',
    aims: ['placement'],
  },
  { text: 'AGENT', id: 'agent-disconnected', aims: ['agent'] },
  { text: 'TaskFailedToStart: AGENT', id: 'agent-disconnected', aims: ['agent'] },
  { text: 'RESOURCE:ENI', id: 'resources-lacking', aims: ['placement'] },
  {
    text: 'Capacity is unavailable at this time. Please try again later or in a different availability zone',
    id: 'capacity-unavailable',
    aims: ['capacity'],
  },
  {
    text: 'OutOfMemoryError: Container killed due to memory usage',
    id: 'out-of-memory',
    aims: ['memory'],
  },
  {
    text: 'CannotStartContainerError: failed to get container status: context canceled',
    id: 'container-status',
    aims: ['memory'],
  },
  {
    text: 'ContainerRuntimeTimeoutError: Could not transition to running; timed out after waiting 1m: slow disk',
    id: 'runtime-timeout',
    aims: ['application', 'disk', 'memory'],
  },
  {
    text: 'DockerTimeoutError: Could not transition to created; timed out after waiting 4m0s',
    id: 'runtime-timeout',
    aims: ['application', 'disk', 'memory'],
  },
  {
    text: 'CannotStartContainerError: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/entrypoint.sh": permission denied: unknown',
    id: 'command-not-found',
    aims: ['command'],
  },
  {
    text: 'CannotStartContainerError: ResourceInitializationError: exec /usr/local/bin/docker-entrypoint.sh: exec format error',
    id: 'exec-format',
    aims: ['architecture'],
  },
  {
    text: 'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/bakery/0a1b)',
    id: 'target-unhealthy',
    aims: ['target-health'],
    facts: { targetGroup: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/bakery/0a1b' },
  },
  {
    text: 'Task failed ELB health checks in (elb bakery-classic)',
    id: 'target-unhealthy',
    aims: ['target-health'],
    facts: { targetGroup: 'bakery-classic' },
  },
  {
    text: 'service web (task 0a1b) (port 8000) is unhealthy in (target-group bakery) due to (reason Request timed out)',
    id: 'target-unhealthy',
    aims: ['target-health'],
    facts: { targetGroup: 'bakery' },
  },
  { text: 'Task failed container health checks', id: 'container-unhealthy', aims: ['container-health'] },
  {
    text: 'Scaling activity initiated by (deployment ecs-svc/0123456789)',
    id: 'scaled-in',
    aims: ['intended'],
  },
  {
    text: 'Host EC2 (instance i-0a1b2c3d4e5f60718) stopped/terminated.',
    id: 'host-gone',
    aims: ['intended'],
    facts: { instanceId: 'i-0a1b2c3d4e5f60718' },
  },
  { text: 'Container instance deregistration forced by user', id: 'host-gone', aims: ['intended'] },
  { text: 'Task stopped by user', id: 'stopped-by-user', aims: ['intended'] },
  { text: 'Your Spot Task was interrupted.', id: 'spot-interrupted', aims: ['intended'] },
  { text: 'Essential container in task exited', id: 'essential-exited', aims: ['application'] },
  {
    text: 'service web was unable to place a task because no container instance met all of its requirements. The closest matching container-instance 0a1b has insufficient memory available.',
    id: 'no-instance-fits',
    aims: ['placement'],
  },
  {
    text: '(service web) was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.',
    id: 'capacity-unavailable',
    aims: ['capacity'],
  },
  {
    text: '(service web) is unable to consistently start tasks successfully.',
    id: 'tasks-keep-failing',
    aims: ['application'],
  },
  {
    text: '(service web) operations are being throttled. Will try again later.',
    id: 'calls-throttled',
    aims: ['throttling'],
  },
  {
    text: '(service web) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.',
    id: 'deployment-limits',
    aims: ['deployment'],
  },
  {
    text: '(service web) failed to describe target health on (target-group bakery) with (error Rate exceeded)',
    id: 'target-health-not-described',
    aims: ['target-health'],
    facts: { targetGroup: 'bakery' },
  },
]
