/**
 * Images that cannot be pulled; the most telling words first.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
 */
import type { StopPattern } from '../pattern.ts'

const category = 'CannotPullContainerError'
const only = [category] as const

export const pullPatterns: readonly StopPattern[] = [
  {
    id: 'pull-not-authorized',
    category,
    aims: ['authorization'],
    text: /not authorized to perform: ecr:(?!getauthorizationtoken)|check that the role has the permissions to pull images?/i,
  },
  {
    id: 'pull-rate-limit',
    category,
    aims: ['rate-limit'],
    text: /toomanyrequests|reached your (?:unauthenticated )?pull rate limit|429 too many requests/i,
  },
  { id: 'pull-disk-full', category, aims: ['disk'], text: /no space left on device/i },
  {
    id: 'pull-architecture',
    category,
    aims: ['architecture'],
    text: /does not contain descriptor matching platform|no match(?:ing manifest)? for (?:current )?(?:platform|linux|windows)|operating system "\w+" cannot be used on this platform/i,
  },
  {
    id: 'pull-forbidden',
    category,
    aims: ['authorization'],
    text: /\b403 forbidden|unexpected status(?: code)?[^.]*\b403\b/i,
    only,
  },
  {
    id: 'pull-image-not-found',
    category,
    aims: ['image'],
    text: /manifest unknown|name unknown|image ?not ?found|\b404 not found|failed to resolve ref\S* .*: not found|manifest for \S+ not found|manifest not found|invalid reference format/i,
    only,
  },
  {
    id: 'pull-image-or-login',
    category,
    aims: ['image', 'authorization', 'credentials'],
    text: /check whether the image exists|requested access to the resource is denied|pull access denied/i,
  },
  {
    id: 'pull-login',
    category,
    aims: ['credentials'],
    text: /incorrect username or password|no basic auth credentials|unauthorized: authentication required/i,
    only,
  },
  {
    id: 'pull-connection',
    category,
    aims: ['network'],
    text: /there is a connection issue between the task and|check your network configuration|failed to do request|request canceled while waiting for connection|net\/http: |\bdial (?:tcp|udp)\b|i\/o timeout|tls handshake timeout|client\.timeout exceeded|context deadline exceeded/i,
    only,
  },
  {
    id: 'pull-panic',
    category,
    aims: ['network'],
    text: /pull command failed: panic|invalid memory address or nil pointer dereference/i,
    service: 's3',
  },
  {
    id: 'pull-status',
    category,
    aims: ['authorization', 'image'],
    text: /httpread(?:er)?seeker: failed open: unexpected status/i,
  },
  { id: 'pull-canceled', category, aims: ['network'], text: /context cancell?ed|signal: killed/i, only },
  {
    id: 'pull-configuration',
    category,
    aims: ['rate-limit', 'network'],
    text: /error pulling image conf/i,
  },
  {
    id: 'pull-manifest',
    category,
    aims: ['image', 'network', 'authorization', 'rate-limit', 'architecture'],
    text: /failed to resolve ref|pull image manifest has been retried/i,
  },
  {
    id: 'pull-layers',
    category,
    aims: ['network', 'authorization', 'rate-limit', 'disk'],
    text: /ref pull has been retried|failed to copy: httpread/i,
  },
  {
    id: 'pull-api-error',
    category,
    aims: ['network', 'credentials', 'image'],
    text: /api error \(500\): get "?https?:\/\/\S+\/v2\/"?$/i,
    only,
  },
]
