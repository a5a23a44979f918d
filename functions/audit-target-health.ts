/** SQS (target-health changes, CloudWatch alarms) -> audit of the target group -> findings. */
import { auditHandler, auditPorts } from '../shared/auditing/audit-handler.ts'
import type { AuditPorts } from '../shared/auditing/audit-subject.ts'
import { lazily } from '../shared/environment.ts'

export const createHandler = (ports: AuditPorts) =>
  auditHandler('audit-target-health', ['target-health', 'alarm'], ports)

export const handler = lazily(() => createHandler(auditPorts()))
