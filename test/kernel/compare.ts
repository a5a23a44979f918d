/** The kernel's answers against the engine's. */

import type { Case } from './case.ts'
import type { Oracle } from './oracle.ts'
import type { KernelProbe } from './plan.ts'
import type { Question } from './questions.ts'

export interface Judged {
  readonly question: Question
  readonly probe: KernelProbe
  /** Did the kernel answer it? */
  readonly passed: boolean
  readonly agreed: boolean
}

/** Seconds in which an answer comes, however busy the machine is. */
const MUCH_PATIENCE = 1.5

export async function judge(
  oracle: Oracle,
  { kernel, asked }: Pick<Case, 'kernel' | 'asked'>,
): Promise<readonly Judged[]> {
  const first = await oracle.judge(kernel)
  const isLate = asked.some(({ expected }, index) => expected === true && first[index] === false)
  const answered = isLate ? await oracle.judge({ ...kernel, patience: MUCH_PATIENCE }) : first
  return kernel.probes.flatMap((probe, index) => {
    const question = asked[index]
    const passed = answered[index] === true || first[index] === true
    if (!question) return []
    const agreed = passed === question.expected && question.contradiction === undefined
    return { question, probe, passed, agreed }
  })
}
