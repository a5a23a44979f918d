/** What an image's name tells of the container. */
import type { ContainerDefinition } from '../../snapshot/types.ts'
import { parseImage } from '../ecs/image-reference.ts'

/** "…/bakery/nginx:1.29" -> "bakery/nginx" without registry, tag and digest. */
const nameOf = ({ image = '' }: ContainerDefinition): string => parseImage(image)?.repository ?? image

const PROXY = /\b(?:nginx|openresty|caddy|traefik|haproxy|envoy|httpd|apache)\b/i

export const isReverseProxy = (container: ContainerDefinition): boolean => PROXY.test(nameOf(container))

/** Sidecars for logs and metrics have no port, or are not essential. */
export const isBackendOf = (proxy: ContainerDefinition, item: ContainerDefinition): boolean =>
  item !== proxy && item.essential !== false && (item.portMappings ?? []).length > 0

const GRPC = /(?:^|[^a-z])grpc(?:[^a-z]|$)/i
/** These speak HTTP to the outside, or are tools. */
const BESIDE_GRPC = /grpc[-_]?(?:web|gateway|proxy|ui)/i

export const isNamedGrpc = (container: ContainerDefinition): boolean =>
  [container.name ?? '', nameOf(container)].some((text) => GRPC.test(text) && !BESIDE_GRPC.test(text))
