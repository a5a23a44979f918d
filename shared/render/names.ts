/** How a component, an end of a flow and a rule are called in a sentence. */
import type { Component, DecidingRule, FlowDescription, Leg } from '../reachability/result.ts'
import { plainText } from './plain-text.ts'

const UPPERCASE: Readonly<Record<string, string>> = {
  acl: 'ACL',
  ecs: 'ECS',
  ip: 'IP',
  nat: 'NAT',
  vpc: 'VPC',
}

/** `network-acl` -> `network ACL`. */
export const kindName = (type: string): string =>
  type
    .split('-')
    .map((word) => UPPERCASE[word] ?? word)
    .join(' ')

/** What a person reads: the part of an ARN behind the account. */
const shortId = (id: string): string => (id.startsWith('arn:') ? id.split(':').slice(5).join(':') : id)

/** `security group sg-0a1b (web-lb)`. */
export function componentName({ type, id, name }: Component): string {
  const shown = plainText(shortId(id))
  const label = name === undefined ? '' : plainText(name)
  if (label === '' || label === shown) return `${kindName(type)} ${shown}`
  return id.startsWith('arn:') ? `${kindName(type)} ${label}` : `${kindName(type)} ${shown} (${label})`
}

/** `10.0.1.15:8000`, `[2001:db8::1]:443`; without ports (ICMP) the address alone. */
const endName = (address: string, ports: string): string => {
  if (ports === '') return plainText(address)
  return `${address.includes(':') ? `[${plainText(address)}]` : plainText(address)}:${plainText(ports)}`
}

/** `tcp 10.0.0.10:1024-65535 → 10.0.1.15:8000`, for the reply the other way round. */
export function flowName(flow: FlowDescription, leg: Leg = 'forward'): string {
  const source = endName(flow.source, flow.sourcePorts)
  const destination = endName(flow.destination, flow.destinationPorts)
  const [from, to] = leg === 'forward' ? [source, destination] : [destination, source]
  return `${plainText(flow.protocol)} ${from} → ${to}`
}

/** `RuleNumber 100 · RuleAction deny · CidrBlock 0.0.0.0/0`. */
export const ruleText = (rule: DecidingRule): string =>
  Object.entries(rule)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => `${field} ${plainText(String(value))}`)
    .join(' · ')
