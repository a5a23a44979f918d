/** ECS's words for an image that is made for another processor than the task's. */
import type { Task } from '../../snapshot/types.ts'
import { classifyStop, type Recognised } from './stop-reasons/classify.ts'

/** The registry has no image for the platform, or the kernel cannot run the program. */
const CERTAIN: readonly string[] = ['pull-architecture', 'exec-format']

export const otherProcessor = (task: Task): Recognised | undefined =>
  classifyStop(task).find(isOfArchitecture)

const isOfArchitecture = (saying: ReturnType<typeof classifyStop>[number]): saying is Recognised =>
  saying.kind === 'recognised' && saying.aims.includes('architecture') && CERTAIN.includes(saying.id)
