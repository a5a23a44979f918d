/**
 * Valid pairs of CPU (units) and memory (MiB) of a Fargate task.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
 */
interface Sizes {
  readonly cpu: number
  readonly from: number
  readonly to: number
  readonly step: number
}

/** 256 units allow 512, 1024 and 2048 MiB only. */
const sizes: readonly Sizes[] = [
  { cpu: 256, from: 512, to: 512, step: 512 },
  { cpu: 256, from: 1024, to: 2048, step: 1024 },
  { cpu: 512, from: 1024, to: 4096, step: 1024 },
  { cpu: 1024, from: 2048, to: 8192, step: 1024 },
  { cpu: 2048, from: 4096, to: 16384, step: 1024 },
  { cpu: 4096, from: 8192, to: 30720, step: 1024 },
  { cpu: 8192, from: 16384, to: 61440, step: 4096 },
  { cpu: 16384, from: 32768, to: 122880, step: 8192 },
]

export interface TaskSize {
  readonly cpu: number
  readonly memory: number
}

/** The smallest valid pair with at least this memory, and no less CPU than before; undefined above the largest. */
export function fargateSize({ cpu, memory }: TaskSize): TaskSize | undefined {
  const fitting = sizes.find((size) => size.cpu >= cpu && size.to >= memory)
  if (!fitting) return undefined
  const steps = Math.ceil(Math.max(memory - fitting.from, 0) / fitting.step)
  return { cpu: fitting.cpu, memory: fitting.from + steps * fitting.step }
}
