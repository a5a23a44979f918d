/** From live AWS to a snapshot: the only place that asks EC2, ELBv2, ECS and the services behind them. */
export { collectForQuestion } from './asked.ts'
export { type ClientOptions, type Clients, createClients } from './clients.ts'
export { clientsByPlace } from './clients-by-place.ts'
export { askLastChange } from './last-change.ts'
export { collectRegion } from './region.ts'
export { resolveTargetGroupArns } from './resolve.ts'
export { collectForSelection } from './selected.ts'
export type { CollectOptions } from './session.ts'
