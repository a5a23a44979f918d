/** Fixes that change what a target group checks. */
import type { TargetGroup } from '../../snapshot/types.ts'
import type { Fix, Patch } from '../fix.ts'

type Settings = Extract<Patch, { kind: 'target-group-settings' }>['settings']

/** @param verifiable false where the cure also needs the application to answer, which no snapshot shows */
export const settingsFix = (
  title: string,
  { TargetGroupArn }: TargetGroup,
  settings: Settings,
  verifiable: boolean,
): Fix => ({
  title,
  patches: [{ kind: 'target-group-settings', targetGroupArn: TargetGroupArn, settings }],
  verifiable,
})

/** Nothing in AWS can be changed: the step is its title. */
export const applicationFix = (title: string): Fix => ({
  title,
  patches: [],
  verifiable: false,
  manual: { cli: [] },
})
