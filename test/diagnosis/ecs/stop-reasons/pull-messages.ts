import { type Message, role, user } from './message.ts'

const registry = '111122223333.dkr.ecr.eu-west-1.amazonaws.com'
const web = { registry: 'ecr', accountId: '111122223333', region: 'eu-west-1', repository: 'bakery/web' }

export const pullMessages: readonly Message[] = [
  {
    text: `CannotPullContainerError: The task can’t pull the image. Check that the role has the permissions to pull images from the registry. Error response from daemon: pull access denied for ${registry}/bakery/web, repository does not exist or may require 'docker login': denied: ${user} is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-west-1:111122223333:repository/bakery/web because no identity-based policy allows the ecr:BatchGetImage action`,
    id: 'pull-not-authorized',
    aims: ['authorization'],
    facts: {
      refused: true,
      network: false,
      role,
      action: 'ecr:BatchGetImage',
      resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/bakery/web',
      image: { ...web, tag: 'latest' },
      region: 'eu-west-1',
    },
  },
  {
    text: `CannotPullContainerError: Error response from daemon: pull access denied for ${registry}/bakery/web, repository does not exist or may require 'docker login': denied: ${user} is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-west-1:111122223333:repository/bakery/web`,
    id: 'pull-not-authorized',
    aims: ['authorization'],
    facts: { resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/bakery/web' },
  },
  {
    text: "CannotPullContainerError: The task can't pull the image. Check whether the image exists. Error response from daemon: pull access denied for bakery/nonsense, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    id: 'pull-image-or-login',
    aims: ['image', 'authorization', 'credentials'],
    facts: { image: { registry: 'docker-hub', repository: 'bakery/nonsense' }, refused: false },
  },
  {
    text: 'CannotPullContainerError: pull access denied for bakery/web, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    id: 'pull-image-or-login',
    aims: ['image', 'authorization', 'credentials'],
  },
  {
    text: `CannotPullContainerError: The task cannot pull ${registry}/bakery/web:5 from the Amazon ECR repository ${registry}/bakery/web. There is a connection issue between the task and Amazon ECR. Check your task network configuration. failed to do request: Head "https://${registry}/v2/bakery/web/manifests/5": dial tcp 10.0.1.17:443: i/o timeout`,
    id: 'pull-connection',
    aims: ['network'],
    facts: {
      network: true,
      dialled: { ip: '10.0.1.17', port: 443, public: false },
      host: registry,
      service: 'ecr.dkr',
      region: 'eu-west-1',
      image: { ...web, tag: '5' },
    },
  },
  {
    text: `CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com/0a1b/sha256": dial tcp 52.218.100.4:443: i/o timeout`,
    id: 'pull-connection',
    aims: ['network'],
    facts: {
      dialled: { ip: '52.218.100.4', port: 443, public: true },
      host: 'prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com',
      service: 's3',
      region: 'eu-west-1',
    },
  },
  {
    text: 'CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref docker.io/bakery/backend:2.110.5: failed to do request: Head "https://registry-1.docker.io/v2/bakery/backend/manifests/2.110.5": dial tcp 34.205.13.154:443: i/o timeout',
    id: 'pull-connection',
    aims: ['network'],
    facts: {
      host: 'registry-1.docker.io',
      dialled: { public: true },
      image: { registry: 'docker-hub', repository: 'bakery/backend', tag: '2.110.5' },
    },
  },
  {
    text: `CannotPullContainerError: Error response from daemon: Get https://${registry}/v2/: net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)`,
    id: 'pull-connection',
    aims: ['network'],
    facts: { service: 'ecr.dkr', network: true },
  },
  {
    text: `CannotPullContainerError: API error (500): Get https://111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/v2/: net/http: request canceled while waiting for connection`,
    id: 'pull-connection',
    aims: ['network'],
    facts: { service: 'ecr.dkr', region: 'cn-north-1' },
  },
  {
    text: 'CannotPullContainerError: The task can’t pull the image. Check your network configuration. RequestError: send request failed\ncaused by: Post "https://api.ecr.us-gov-west-1.amazonaws.com/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    id: 'pull-connection',
    aims: ['network'],
    facts: { service: 'ecr.api', region: 'us-gov-west-1' },
  },
  {
    text: `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${registry}/bakery/web:5: failed to do request: Head "https://${registry}/v2/bakery/web/manifests/5": dial tcp: lookup ${registry} on 10.0.0.2:53: no such host`,
    id: 'pull-connection',
    aims: ['network'],
    facts: { nameLookup: true, network: true },
  },
  {
    text: `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${registry}/bakery/web:5: ${registry}/bakery/web:5: not found`,
    id: 'pull-image-not-found',
    aims: ['image'],
    facts: { image: { ...web, tag: '5' } },
  },
  {
    text: `CannotPullContainerError: Error response from daemon: manifest for ${registry}/bakery/web:latest not found: manifest unknown: Requested image not found`,
    id: 'pull-image-not-found',
    aims: ['image'],
    facts: { image: { ...web, tag: 'latest' } },
  },
  {
    text: `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${registry}/bakery/web@sha256:${'0a1b'.repeat(16)}: unexpected status code [manifests sha256:0a1b]: 403 Forbidden`,
    id: 'pull-forbidden',
    aims: ['authorization'],
    facts: { status: 403, refused: true, image: { ...web, digest: `sha256:${'0a1b'.repeat(16)}` } },
  },
  {
    text: `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${registry}/bakery/web:5`,
    id: 'pull-manifest',
    aims: ['image', 'network', 'authorization', 'rate-limit', 'architecture'],
  },
  {
    text: 'CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReaderSeeker: failed open: unexpected status code https://prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com/0a1b: 403 Forbidden',
    id: 'pull-forbidden',
    aims: ['authorization'],
    facts: { service: 's3', status: 403 },
  },
  {
    text: 'CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code',
    id: 'pull-status',
    aims: ['authorization', 'image'],
  },
  {
    text: 'CannotPullContainerError: pull command failed: panic: runtime error: invalid memory address or nil pointer dereference',
    id: 'pull-panic',
    aims: ['network'],
    facts: { service: 's3' },
  },
  {
    text: `CannotPullContainerError: API error (500): Get https://${registry}/v2/`,
    id: 'pull-api-error',
    aims: ['network', 'credentials', 'image'],
    facts: { service: 'ecr.dkr' },
  },
  { text: 'CannotPullContainerError: context canceled', id: 'pull-canceled', aims: ['network'] },
  {
    text: 'CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/library/node/manifests/sha256:0a1b: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit',
    id: 'pull-rate-limit',
    aims: ['rate-limit'],
    facts: { host: 'registry-1.docker.io', status: 429 },
  },
  {
    text: 'CannotPullContainerError: inspect image has been retried 1 time(s): toomanyrequests: Rate exceeded',
    id: 'pull-rate-limit',
    aims: ['rate-limit'],
  },
  {
    text: 'CannotPullContainerError: Error response from daemon: You have reached your unauthenticated pull rate limit.',
    id: 'pull-rate-limit',
    aims: ['rate-limit'],
  },
  {
    text: 'CannotPullContainerError: error pulling image configuration: Get https://production.cloudflare.docker.com/registry-v2/',
    id: 'pull-configuration',
    aims: ['rate-limit', 'network'],
  },
  {
    text: 'CannotPullContainerError: write /var/lib/docker/tmp/GetImageBlob111111111: no space left on device',
    id: 'pull-disk-full',
    aims: ['disk'],
  },
  {
    text: "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'",
    id: 'pull-architecture',
    aims: ['architecture'],
    facts: { platform: 'linux/amd64' },
  },
  {
    text: 'CannotPullContainerError: Error response from daemon: no matching manifest for linux/arm64/v8 in the manifest list entries: no match for platform in manifest: not found',
    id: 'pull-architecture',
    aims: ['architecture'],
    facts: { platform: 'linux/arm64/v8' },
  },
  {
    text: 'CannotPullContainerError: API error (500): Get https://registry-1.docker.io/v2/library/amazonlinux/manifests/1: unauthorized: incorrect username or password',
    id: 'pull-login',
    aims: ['credentials'],
    facts: { network: false },
  },
]
