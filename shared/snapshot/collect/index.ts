/** From live AWS to a snapshot: the only place that asks EC2, ELBv2 and ECS. */
export { type ClientOptions, type Clients, createClients } from './clients.ts'
export { collectRegion } from './region.ts'
export { resolveTargetGroupArns } from './resolve.ts'
export type { CollectOptions } from './session.ts'
export { collectForTargetGroups } from './target-groups.ts'
