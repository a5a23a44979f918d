/** SQS (configuration changes from CloudTrail) -> audit of whoever rests on what was changed -> findings, with who did it. */
import { auditHandler, auditPorts } from '../shared/auditing/audit-handler.ts'
import type { AuditPorts } from '../shared/auditing/audit-subject.ts'
import { lazily } from '../shared/environment.ts'

export const createHandler = (ports: AuditPorts) =>
  auditHandler('audit-config-change', ['configuration-change'], ports)

export const handler = lazily(() => createHandler(auditPorts()))
