/** Port sets as text: "8000", "1024-32767", "80, 443", "all". */
import { type IntervalSet, intervalSet } from './intervals.ts'

export type PortSet = IntervalSet<number>

/** Client ports of load balancers, NAT gateways and Lambda: https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html */
export const EPHEMERAL: PortSet = [{ from: 1024, to: 65535 }]
export const ANY_PORT: PortSet = [{ from: 0, to: 65535 }]

export const onePort = (port: number): PortSet => [{ from: port, to: port }]

export const formatPorts = (ports: PortSet): string =>
  ports.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(', ')

/** @returns undefined when the text is not one port within 0-65535, written as digits. */
export function parsePort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : undefined
  return port !== undefined && port <= 65535 ? port : undefined
}

/** @returns undefined when the text is not a list of ports and ranges within 0-65535. */
export function parsePorts(text: string): PortSet | undefined {
  const ranges = text.split(',').map((part) => /^\s*(\d{1,5})(?:\s*-\s*(\d{1,5}))?\s*$/.exec(part))
  const intervals = ranges.map((match) => ({
    from: Number(match?.[1] ?? -1),
    to: Number(match?.[2] ?? match?.[1] ?? -1),
  }))
  const valid = intervals.every(({ from, to }) => from >= 0 && from <= to && to <= 65535)
  return valid ? intervalSet(intervals) : undefined
}
