import * as z from 'zod'

/** A list AWS may leave out of a response: absent stays absent, since "not told" is not "none". */
export const list = <T extends z.ZodType>(item: T) => z.array(item).readonly().optional()

export const text = z.string().optional()
export const flag = z.boolean().optional()
export const int = z.number().int().optional()

const within = (from: number, to: number, what: string) => {
  const error = ({ input }: { readonly input?: unknown }) =>
    `${input} is not ${what}: allowed are ${from} to ${to}`
  return z.number().int().min(from, { error }).max(to, { error }).optional()
}

export const port = within(0, 65_535, 'a port')
/** An end of a rule's range. -1: all, or all ICMP types. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
export const rulePort = within(-1, 65_535, 'a port of a rule')
/** -1: all. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IcmpTypeCode.html */
export const icmpNumber = within(-1, 255, 'an ICMP type or code')

export const ipv4Cidr = z.cidrv4({ error: 'not an IPv4 CIDR block' })
export const ipv6Cidr = z.cidrv6({ error: 'not an IPv6 CIDR block' })
export const ipv4Address = z.ipv4({ error: 'not an IPv4 address' })
export const ipv6Address = z.ipv6({ error: 'not an IPv6 address' })

/** SDK v3 gives dates, a snapshot file ISO strings; both are kept as ISO text. */
export const timestamp = z.union([z.string(), z.date().transform((date) => date.toISOString())]).optional()

/**
 * A policy as somebody gave it: JSON text, in IAM's API URL-encoded (RFC 3986), or the object itself, which is what the
 * AWS CLI prints of IAM.
 */
export const policyDocument = z.union([z.string(), z.looseObject({})]).optional()

export const tags = list(z.object({ Key: text, Value: text }))
