/** Packets on their way: where they start, where they pass, and what was found there. */
import type { Responses } from '../../types.ts'

/** A subnet that packets leave by its route table. */
export interface Place {
  readonly subnet: string | undefined
  readonly vpc: string | undefined
}

/** Packets come into a transit gateway through an attachment. */
export interface Entry {
  readonly gateway: string
  readonly attachment: string
}

export type Stop = Place | Entry

/** Packets from any of the places to any of the addresses. */
export interface Journey {
  readonly from: readonly Stop[]
  readonly to: readonly string[]
}

export const KINDS = [
  'natGateways',
  'peerings',
  'transitGateways',
  'transitTables',
  'vpnGateways',
  'endpoints',
  'egressOnlyGateways',
  'interfaces',
  /** Those beyond, with the tables by which the replies come back. */
  'vpcs',
  /** Those that are passed, with their ACLs. */
  'subnets',
] as const

export type Kind = (typeof KINDS)[number]
export type OnTheWay = Readonly<Record<Kind, Set<string>>>

export const nothing = (): OnTheWay =>
  Object.fromEntries(KINDS.map((kind) => [kind, new Set<string>()])) as unknown as OnTheWay

export interface Following {
  readonly responses: Responses
  readonly to: readonly string[]
  readonly found: OnTheWay
}
