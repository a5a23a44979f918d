/** What the analysis reads of ECS's responses. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ */
import * as z from 'zod'
import { flag, int, list, port, text, timestamp } from './common.ts'

const keyValue = list(z.object({ name: text, value: text }))

const awsvpcConfiguration = z.object({
  subnets: list(z.string()),
  securityGroups: list(z.string()),
  assignPublicIp: text,
})

const networkConfiguration = z.object({ awsvpcConfiguration: awsvpcConfiguration.optional() }).optional()

export const cluster = z.object({ clusterArn: z.string(), clusterName: text, status: text })

const serviceLoadBalancer = z.object({
  targetGroupArn: text,
  loadBalancerName: text,
  containerName: text,
  containerPort: port,
  advancedConfiguration: z.object({ alternateTargetGroupArn: text }).optional(),
})

const deployment = z.object({
  id: text,
  status: text,
  taskDefinition: text,
  desiredCount: int,
  pendingCount: int,
  runningCount: int,
  failedTasks: int,
  rolloutState: text,
  rolloutStateReason: text,
  createdAt: timestamp,
  updatedAt: timestamp,
  launchType: text,
  platformVersion: text,
})

export const service = z.object({
  serviceArn: z.string(),
  serviceName: text,
  clusterArn: text,
  status: text,
  desiredCount: int,
  runningCount: int,
  pendingCount: int,
  launchType: text,
  platformVersion: text,
  taskDefinition: text,
  healthCheckGracePeriodSeconds: int,
  schedulingStrategy: text,
  createdAt: timestamp,
  deploymentController: z.object({ type: text }).optional(),
  deploymentConfiguration: z.object({ maximumPercent: int, minimumHealthyPercent: int }).optional(),
  deployments: list(deployment),
  loadBalancers: list(serviceLoadBalancer),
  taskSets: list(z.object({ id: text, status: text, loadBalancers: list(serviceLoadBalancer) })),
  networkConfiguration,
  events: list(z.object({ id: text, createdAt: timestamp, message: text })),
})

export const container = z.object({
  name: text,
  image: text,
  imageDigest: text,
  lastStatus: text,
  healthStatus: text,
  exitCode: int,
  reason: text,
  networkBindings: list(z.object({ bindIP: text, containerPort: port, hostPort: port, protocol: text })),
  networkInterfaces: list(z.object({ attachmentId: text, privateIpv4Address: text, ipv6Address: text })),
})

export const task = z.object({
  taskArn: z.string(),
  clusterArn: text,
  taskDefinitionArn: text,
  containerInstanceArn: text,
  group: text,
  startedBy: text,
  launchType: text,
  platformVersion: text,
  availabilityZone: text,
  lastStatus: text,
  desiredStatus: text,
  healthStatus: text,
  createdAt: timestamp,
  startedAt: timestamp,
  stoppingAt: timestamp,
  stoppedAt: timestamp,
  stoppedReason: text,
  stopCode: text,
  version: int,
  containers: list(container),
  attachments: list(z.object({ id: text, type: text, status: text, details: keyValue })),
  overrides: z.object({ executionRoleArn: text, taskRoleArn: text }).optional(),
})

const portMapping = z.object({
  containerPort: port,
  hostPort: port,
  protocol: text,
  name: text,
  appProtocol: text,
  containerPortRange: text,
})

const containerHealthCheck = z.object({
  command: list(z.string()),
  interval: int,
  timeout: int,
  retries: int,
  startPeriod: int,
})

const secret = z.object({ name: text, valueFrom: text })

export const containerDefinition = z.object({
  name: text,
  image: text,
  repositoryCredentials: z.object({ credentialsParameter: text }).optional(),
  essential: flag,
  cpu: int,
  memory: int,
  memoryReservation: int,
  portMappings: list(portMapping),
  healthCheck: containerHealthCheck.optional(),
  dependsOn: list(z.object({ containerName: text, condition: text })),
  environment: keyValue,
  environmentFiles: list(z.object({ type: text, value: text })),
  secrets: list(secret),
  mountPoints: list(z.object({ sourceVolume: text, containerPath: text, readOnly: flag })),
  command: list(z.string()),
  entryPoint: list(z.string()),
  logConfiguration: z
    .object({
      logDriver: text,
      options: z.record(z.string(), z.string()).optional(),
      secretOptions: list(secret),
    })
    .optional(),
})

const efsVolume = z.object({
  fileSystemId: text,
  rootDirectory: text,
  transitEncryption: text,
  transitEncryptionPort: port,
  authorizationConfig: z.object({ accessPointId: text, iam: text }).optional(),
})

export const taskDefinition = z.object({
  taskDefinitionArn: z.string(),
  family: text,
  revision: int,
  networkMode: text,
  cpu: text,
  memory: text,
  executionRoleArn: text,
  taskRoleArn: text,
  requiresCompatibilities: list(z.string()),
  runtimePlatform: z.object({ cpuArchitecture: text, operatingSystemFamily: text }).optional(),
  containerDefinitions: list(containerDefinition),
  volumes: list(z.object({ name: text, efsVolumeConfiguration: efsVolume.optional() })),
})

export const containerInstance = z.object({
  containerInstanceArn: z.string(),
  ec2InstanceId: text,
  agentConnected: flag,
  status: text,
})
