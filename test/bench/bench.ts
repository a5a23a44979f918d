/**
 * `npm run bench [interfaces ...]`: how long the engine takes, and how much memory, on generated snapshots.
 * Every measurement runs in a process of its own, so that peak memory is that of its own work; bundled as `hca` is.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateSnapshot } from './generate.ts'
import { type Memories, measureMemory, measureRates, measureTimes, type Rates, type Times } from './phases.ts'
import { type Measured, reportOf } from './report.ts'

const SIZES = [1_000, 10_000, 100_000]
const SEED = 20_261_120
const LARGE = 50_000

const steps = {
  generate: (file: string, interfaces: number) => {
    writeFileSync(file, JSON.stringify(generateSnapshot(interfaces, SEED)))
    return {}
  },
  times: (file: string, interfaces: number): Times => measureTimes(file, interfaces >= LARGE ? 3 : 9),
  memory: (file: string): Memories => measureMemory(file),
  rates: (file: string): Rates => measureRates(file, 3),
} as const

function inOwnProcess<T>(step: keyof typeof steps, file: string, interfaces: number): T {
  const flags = ['--expose-gc', fileURLToPath(import.meta.url)]
  const output = execFileSync(process.execPath, [...flags, 'step', step, file, String(interfaces)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return JSON.parse(output) as T
}

function measure(interfaces: number): Measured {
  const folder = mkdtempSync(join(tmpdir(), 'hca-bench-'))
  const file = join(folder, 'snapshot.json')
  try {
    inOwnProcess('generate', file, interfaces)
    return {
      times: inOwnProcess<Times>('times', file, interfaces),
      memory: inOwnProcess<Memories>('memory', file, interfaces),
      rates: inOwnProcess<Rates>('rates', file, interfaces),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const isStep = (name: string | undefined): name is keyof typeof steps =>
  name !== undefined && Object.hasOwn(steps, name)

const [mode, step, file, interfaces] = process.argv.slice(2)
if (mode === 'step' && isStep(step) && file) {
  process.stdout.write(JSON.stringify(steps[step](file, Number(interfaces))))
} else {
  const sizes = process.argv.slice(2).map(Number)
  console.log(reportOf((sizes.length > 0 ? sizes : SIZES).map(measure)))
}
