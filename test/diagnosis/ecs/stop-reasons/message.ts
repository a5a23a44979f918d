/** What AWS writes, old and new, as its documentation and reports quote it; accounts and names are the bakery's. */
import type { StopFacts } from '../../../../shared/diagnosis/ecs/stop-reasons/facts.ts'
import type { Aim } from '../../../../shared/diagnosis/ecs/stop-reasons/pattern.ts'

export interface Message {
  readonly text: string
  /** Of the pattern that says most. */
  readonly id: string
  readonly aims: readonly Aim[]
  readonly facts?: { readonly [F in keyof StopFacts]?: unknown }
}

export const user = 'User: arn:aws:sts::111122223333:assumed-role/bakery-execution/0a1b2c3d4e5f'
export const role = { accountId: '111122223333', name: 'bakery-execution' }
