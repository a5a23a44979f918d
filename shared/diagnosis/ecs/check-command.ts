/**
 * What the command of a container's health check looks at. It runs inside the container, so it meets the
 * image's tools and the loopback address, and never a security group.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
 */
import type { ContainerDefinition, TaskDefinition } from '../../snapshot/types.ts'
import { mappedPorts } from './containers.ts'

export interface Doubt {
  /** `possible`: it depends on what the image holds, or on how the application listens. */
  readonly confidence: 'likely' | 'possible'
  /** Completes "its command ...". */
  readonly text: string
  readonly observed: unknown
  readonly expected: string
  /** The command with the doubt taken away, where that can be written down. */
  readonly mend?: (command: readonly string[]) => readonly string[]
}

type Look = (
  command: readonly string[],
  own: ContainerDefinition,
  definition: TaskDefinition,
) => Doubt | undefined

/** What is likely first. */
export const doubtsAbout = (own: ContainerDefinition, definition: TaskDefinition): readonly Doubt[] =>
  looks.flatMap((look) => look(own.healthCheck?.command ?? [], own, definition) ?? [])

const argumentsOf = ([first = '', ...rest]: readonly string[]): string =>
  (first === 'CMD' || first === 'CMD-SHELL' ? rest : [first, ...rest]).join(' ')

const needsShell: Look = (command) => {
  const inShell = /\|\||&&|[;|<>]|\$\(/.test(argumentsOf(command))
  if (command[0] !== 'CMD' || !inShell) return undefined
  return {
    confidence: 'likely',
    text: 'uses the syntax of a shell, but CMD starts none',
    observed: command,
    expected: 'CMD-SHELL and one string',
    mend: ([, ...rest]) => ['CMD-SHELL', rest.join(' ')],
  }
}

/** `host:port`, `nc host port`, `--port 8080`; an HTTP URL without a port means 80 or 443. A time of day is no port. */
const PORTS = [
  /(?<!:\d+):(\d{2,5})(?![\d.:])/g,
  /\bnc\b[^|;&]*\s(\d{2,5})(?=\s*(?:[|;&)]|$))/g,
  /-{1,2}p(?:ort)?[= ](\d{2,5})\b/g,
] as const

export function portsIn(command: readonly string[]): readonly number[] {
  const text = argumentsOf(command)
  const written = PORTS.flatMap((pattern) => [...text.matchAll(pattern)].map(([, port]) => Number(port)))
  const [, scheme] = /\b(https?):\/\/(?:\[[^\]]*\]|[\w.-]+)(?=[/\s"'?]|$)/.exec(text) ?? []
  const implied = scheme === undefined ? [] : [scheme === 'https' ? 443 : 80]
  return [...new Set([...written, ...implied])].filter((port) => port > 0 && port < 65536)
}

/** Containers of one task share the loopback address in awsvpc and host mode. A process may listen without a mapping. */
const asksOtherPort: Look = (command, own, definition) => {
  const shared = definition.networkMode === 'awsvpc' || definition.networkMode === 'host'
  const mapped = mappedPorts(shared ? (definition.containerDefinitions ?? []) : [own])
  const strange = portsIn(command).filter(
    (port) => !mapped.some(({ from, to }) => from <= port && port <= to),
  )
  if (strange.length === 0 || mapped.length === 0) return undefined
  const [mine, rival] = mappedPorts([own])
  const certain = mine && !rival && mine.from === mine.to && strange.length === 1 ? mine.from : undefined
  return {
    confidence: 'likely',
    text: `asks port ${strange.join(', ')}, which no container ${shared ? 'of the task ' : ''}maps`,
    observed: strange,
    expected: `a port that is mapped: ${mapped.map(({ from, to }) => (from === to ? from : `${from}-${to}`)).join(', ')}`,
    ...(certain !== undefined && {
      mend: (list) =>
        list.map((part) => part.replaceAll(new RegExp(`\\b${strange[0]}\\b`, 'g'), String(certain))),
    }),
  }
}

const SMALL_IMAGE = /alpine|slim|distroless|scratch|busybox/i

const needsTool: Look = (command, { image = '' }) => {
  const [tool] = /\b(curl|wget)\b/.exec(argumentsOf(command)) ?? []
  // Alpine's busybox brings a wget, but no curl.
  if (!tool || (tool === 'wget' && /alpine|busybox/i.test(image))) return undefined
  const small = SMALL_IMAGE.test(image) ? `, and ${image.split('/').at(-1)} is a small image` : ''
  return {
    confidence: 'possible',
    text: `needs ${tool} inside the container, which alpine, slim and distroless images often lack${small}`,
    observed: { command, image },
    expected: `${tool} in the image, or a check with what the image has`,
  }
}

const asksLocalhost: Look = (command) => {
  if (!/\blocalhost\b/.test(argumentsOf(command))) return undefined
  return {
    confidence: 'possible',
    text: 'asks localhost, which can resolve to ::1 where the application listens on IPv4 only',
    observed: command,
    expected: '127.0.0.1',
    mend: (list) => list.map((part) => part.replaceAll(/\blocalhost\b/g, '127.0.0.1')),
  }
}

const looks: readonly Look[] = [needsShell, asksOtherPort, needsTool, asksLocalhost]
