/** What a person wrote behind --target-group, --service and --task. */
import { InputError } from '../shared/input-error.ts'
import type { Selection } from '../shared/selection.ts'

const ARN = 'arn:aws[a-z-]*'
const TARGET_GROUP_ARN = new RegExp(
  `^${ARN}:elasticloadbalancing:[a-z0-9-]+:\\d{12}:targetgroup/[A-Za-z0-9-]{1,32}/[0-9a-f]+$`,
)
/** CreateTargetGroup, "Name": at most 32 letters, digits and hyphens, no hyphen at either end. */
const TARGET_GROUP_NAME = /^(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/
const SERVICE_ARN = new RegExp(`^${ARN}:ecs:[a-z0-9-]+:\\d{12}:service/[\\w-]+(/[\\w-]+)?$`)
/** CreateCluster and CreateService: letters, digits, underscores and hyphens. */
const SERVICE_NAME = /^[\w-]{1,255}\/[\w-]{1,255}$/
const TASK_ARN = new RegExp(`^${ARN}:ecs:[a-z0-9-]+:\\d{12}:task/([\\w-]+/)?[\\w-]+$`)

export interface SelectionOptions {
  readonly targetGroup?: readonly string[]
  readonly service?: readonly string[]
  readonly task?: readonly string[]
}

/** @throws InputError for what can name nothing; whether it exists is for the audit to say. */
export const parseSelection = ({
  targetGroup = [],
  service = [],
  task = [],
}: SelectionOptions): Selection => ({
  targetGroups: targetGroup.map((given) =>
    accept('--target-group', given, [TARGET_GROUP_ARN, TARGET_GROUP_NAME], TARGET_GROUP_FORMS),
  ),
  services: service.map((given) => accept('--service', given, [SERVICE_ARN, SERVICE_NAME], SERVICE_FORMS)),
  tasks: task.map((given) => accept('--task', given, [TASK_ARN], TASK_FORMS)),
})

const TARGET_GROUP_FORMS =
  'a target group name (at most 32 letters, digits and hyphens) or arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID'
const SERVICE_FORMS = 'CLUSTER/SERVICE or arn:aws:ecs:REGION:ACCOUNT:service/CLUSTER/SERVICE'
const TASK_FORMS = 'arn:aws:ecs:REGION:ACCOUNT:task/CLUSTER/ID'

function accept(option: string, given: string, patterns: readonly RegExp[], forms: string): string {
  if (patterns.some((pattern) => pattern.test(given))) return given
  throw new InputError(`${option} ${JSON.stringify(given)}: expected ${forms}`)
}
