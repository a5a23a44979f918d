/** SQS (ECS task state changes, deployments, service actions) -> audit of the service or task -> findings. */
import { auditHandler, auditPorts } from '../shared/auditing/audit-handler.ts'
import type { AuditPorts } from '../shared/auditing/audit-subject.ts'
import { lazily } from '../shared/environment.ts'

export const createHandler = (ports: AuditPorts) =>
  auditHandler('audit-ecs-task', ['ecs-task', 'ecs-service'], ports)

export const handler = lazily(() => createHandler(auditPorts()))
