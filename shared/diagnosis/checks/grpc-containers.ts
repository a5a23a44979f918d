/** Containers that serve gRPC: the task definition says so, or name and port speak for it. */
import type { ContainerDefinition, TaskDefinition } from '../../snapshot/types.ts'
import { isNamedGrpc } from './images.ts'

export interface GrpcContainer {
  readonly container: ContainerDefinition
  readonly port: number
  /** The port's `appProtocol` is grpc. */
  readonly declared: boolean
}

/** Servers of all languages take it in their examples. */
const USUAL_PORT = 50051

export const grpcContainers = ({ containerDefinitions = [] }: TaskDefinition): readonly GrpcContainer[] =>
  containerDefinitions.flatMap((container) => {
    const ports = (container.portMappings ?? []).filter(({ protocol = 'tcp' }) => protocol === 'tcp')
    const declared = ports.find(({ appProtocol }) => appProtocol === 'grpc')
    const usual = ports.find(({ containerPort }) => containerPort === USUAL_PORT)
    const port = declared ?? usual ?? (isNamedGrpc(container) ? ports[0] : undefined)
    return port?.containerPort === undefined
      ? []
      : [{ container, port: port.containerPort, declared: declared !== undefined }]
  })
